/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A task's live sessions by the bytes of their records' key, and who of them was not used for long. Only the stream thread
 * changes what is in it.
 */
final class LiveMap {

    private final Map<Bytes, LiveSession> entries = new ConcurrentHashMap<>();
    /** Each session once, since its last use or an earlier one; only the stream thread looks at it. */
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
        return entries.get(key);
    }

    Optional<LiveSession> find(RecordKey key) {
        return Optional.ofNullable(entries.get(Bytes.wrap(key.toBytes())));
    }

    void put(Bytes key, LiveSession live, long now) {
        entries.put(key, live);
        live.touchedAt = now;
        byUse.addLast(Use.latest(live));
    }

    void remove(LiveSession live) {
        live.isGone = true;
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

    /** The session longest unused: whoever was used since it was last looked at here goes back to the end. */
    LiveSession eldest() {
        while (true) {
            Use use = byUse.element();
            if (!use.session.isGone && use.isLatest()) {
                return use.session;
            }
            byUse.remove();
            if (!use.session.isGone) {
                byUse.addLast(Use.latest(use.session));
            }
        }
    }

    List<LiveSession> unusedSince(long time) {
        return entries.values().stream()
                .filter(session -> session.touchedAt < time)
                .toList();
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
