/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import java.util.Optional;

/** Deletes of a task's sessions what is old, in memory and in all stores. */
final class SessionExpiry {

    private final LiveSessionCache map;
    private final CountListener listener;
    private final SessionWriter rows;

    SessionExpiry(LiveSessionCache map, CountListener listener, SessionWriter rows) {
        this.map = map;
        this.listener = listener;
        this.rows = rows;
    }

    /** Deletes the rows before a time of the live sessions that began before it, epoch milliseconds. */
    void trim(long time) {
        for (LiveSession live : map.all()) {
            if (live.start() < time) {
                live.with(listener, session -> {
                    if (session.trim(time)) {
                        rows.behind.changed(live);
                        rows.indexed.changed(live);
                    }
                });
                map.reweigh(live);
            }
        }
    }

    /**
     * Deletes a session whose last event is older than a time, in memory and in all stores; not one that is newer than this
     * place in the list says.
     *
     * @param place where the session was found
     * @param time epoch milliseconds
     */
    void deleteIfOlder(Listed place, long time) {
        RecordKey key = place.session();
        Optional<LiveSession> live = map.find(key);
        if (live.isPresent()) {
            if (live.get().lastActivity() >= time) {
                return;
            }
            rows.audit.forget(live.get());
            rows.behind.written(live.get());
            rows.indexed.settled(live.get());
            map.remove(live.get());
        }
        StoredRows stored = new StoredRows(rows.stores, key.account(), key.sessionId());
        Optional<Listed> elsewhere = live.isEmpty() ? newerElsewhere(stored, place, time) : Optional.empty();
        if (elsewhere.isEmpty()) {
            delete(key, stored);
        }
        if (elsewhere.isEmpty() || rows.list.has(elsewhere.get())) {
            rows.list.remove(place);
        }
    }

    private void delete(RecordKey key, StoredRows stored) {
        WriteBehind.wholly(() -> {
            rows.days.begin();
            Optional<DayContribution> contribution =
                    Optional.ofNullable(stored.session()).flatMap(DayAggregates::shareIn);
            stored.deleteAll();
            rows.days.change(key, contribution, Optional.empty());
            // Only now: its agent is known by what the days say of it.
            rows.indexed.index.remove(key.account(), key.sessionId());
        });
    }

    /** The place that a session's row tells of, if it is another one and the session is not old enough. */
    private static Optional<Listed> newerElsewhere(StoredRows stored, Listed place, long time) {
        return Optional.ofNullable(stored.session())
                .map(SessionAggregate::read)
                .filter(session -> session.last() >= time)
                .flatMap(session -> Listed.of(place.session(), session.listedAt(), session.listedPage()))
                .filter(own -> !own.equals(place));
    }
}
