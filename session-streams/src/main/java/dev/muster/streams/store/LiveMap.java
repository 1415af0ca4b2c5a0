/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A task's live sessions by the bytes of their records' key, in the order of their last use to the second. Only the stream
 * thread changes what is in it.
 */
final class LiveMap {

    /** A session used again so soon keeps its place. */
    private static final long SAME_USE_MS = 1000;

    private final Map<Bytes, LiveSession> entries = new ConcurrentHashMap<>();
    /** The same sessions, the longest unused first; only the stream thread looks at it. */
    private final Set<LiveSession> byUse = new LinkedHashSet<>();

    private final AtomicLong weight = new AtomicLong();

    @Nullable
    LiveSession find(Bytes key) {
        return entries.get(key);
    }

    Optional<LiveSession> find(RecordKey key) {
        return Optional.ofNullable(entries.get(Bytes.wrap(key.toBytes())));
    }

    void put(Bytes key, LiveSession live, long now) {
        entries.put(key, live);
        live.touchedAt = now;
        byUse.add(live);
    }

    void used(LiveSession live, long now) {
        if (now - live.touchedAt >= SAME_USE_MS) {
            live.touchedAt = now;
            byUse.remove(live);
            byUse.add(live);
        }
    }

    void remove(LiveSession live) {
        byUse.remove(live);
        entries.remove(Bytes.wrap(live.key.toBytes()));
        weight.addAndGet(-live.weight());
    }

    void reweigh(LiveSession live) {
        weight.addAndGet(live.weightChange());
    }

    /** About how many bytes all take. */
    long weight() {
        return weight.get();
    }

    LiveSession eldest() {
        return byUse.iterator().next();
    }

    List<LiveSession> unusedSince(long time) {
        List<LiveSession> unused = new ArrayList<>();
        for (LiveSession live : byUse) {
            if (live.touchedAt >= time) {
                break;
            }
            unused.add(live);
        }
        return unused;
    }

    /** All, for any thread. */
    Collection<LiveSession> all() {
        return entries.values();
    }

    int size() {
        return entries.size();
    }

    void clear() {
        entries.clear();
        byUse.clear();
        weight.set(0);
    }
}
