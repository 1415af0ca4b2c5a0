/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import com.carrotsearch.hppc.LongObjectHashMap;
import dev.muster.schemas.RecordKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A task's live sessions by the bytes of their records' key, and who of them was not used for long. Only the stream thread
 * changes what is in it.
 */
final class LiveSessionCache {

    private static final XXHash64 HASH = XXHashFactory.safeInstance().hash64();

    private final Map<Bytes, LiveSession> entries = new ConcurrentHashMap<>();
    /** The same by a hash of the key, but for those whose hash another has; only the stream thread looks at it, for each event. */
    private final LongObjectHashMap<LiveSession> byHash = new LongObjectHashMap<>();
    /** Each session once, since its last use or an earlier one, and for a while those that have left. */
    private final Deque<Use> byUse = new ArrayDeque<>();

    private final AtomicLong weight = new AtomicLong();

    /** A session was used at a time, and perhaps again. */
    private record Use(LiveSession session, long at) {

        static Use latest(LiveSession session) {
            return new Use(session, session.touchedAt);
        }

        boolean isLatest() {
            return session.touchedAt == at;
        }
    }

    @Nullable
    LiveSession find(Bytes key) {
        LiveSession live = byHash.get(hashOf(key));
        return live != null && Arrays.equals(live.keyBytes, key.get()) ? live : entries.get(key);
    }

    private static long hashOf(Bytes key) {
        return HASH.hash(key.get(), 0, key.get().length, 0);
    }

    Optional<LiveSession> find(RecordKey key) {
        return Optional.ofNullable(entries.get(Bytes.wrap(key.toBytes())));
    }

    void put(LiveSession live, long now) {
        Bytes key = Bytes.wrap(live.keyBytes);
        entries.put(key, live);
        long hash = hashOf(key);
        if (!byHash.containsKey(hash)) {
            byHash.put(hash, live);
        }
        touch(live, now);
        byUse.addLast(Use.latest(live));
    }

    /** A session was used, at a time in epoch milliseconds. */
    void touch(LiveSession live, long now) {
        live.touchedAt = now;
    }

    void remove(LiveSession live) {
        live.leave();
        Bytes key = Bytes.wrap(live.keyBytes);
        entries.remove(key);
        long hash = hashOf(key);
        if (byHash.get(hash) == live) {
            byHash.remove(hash);
        }
        weight.addAndGet(-live.weight());
    }

    void reweigh(LiveSession live) {
        weight.addAndGet(live.weightChange());
    }

    /** About how many bytes all take. */
    long weight() {
        return weight.get();
    }

    /** The session longest unused: whoever was used since it was last looked at here goes back to the end. */
    LiveSession eldest() {
        while (true) {
            Use use = byUse.element();
            if (!use.session.isGone() && use.isLatest()) {
                return use.session;
            }
            byUse.remove();
            if (!use.session.isGone()) {
                byUse.addLast(Use.latest(use.session));
            }
        }
    }

    /** Those that were not used since a time, epoch milliseconds; forgets, on the way, whoever has left. */
    List<LiveSession> unusedSince(long time) {
        byUse.removeIf(use -> use.session.isGone());
        return entries.values().stream()
                .filter(session -> session.touchedAt < time)
                .toList();
    }

    /** All, for any thread. */
    Collection<LiveSession> all() {
        return entries.values();
    }

    /** How many uses are remembered. */
    int uses() {
        return byUse.size();
    }

    int size() {
        return entries.size();
    }

    void clear() {
        entries.clear();
        byHash.clear();
        byUse.clear();
        weight.set(0);
    }
}
