/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.shard.Driver;
import dev.muster.streams.read.shard.InstanceReader;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All that can be read of an account.
 *
 * @param sessions its sessions, in the order of the list
 * @param traces every session's traces
 * @param events every session's events
 */
record Answers(List<SessionView> sessions, List<List<TraceView>> traces, List<List<EventView>> events) {

    private static final int ALL = 10_000;

    static Answers of(InstanceReader reader) {
        List<SessionView> sessions =
                reader.sessions(Fleet.ACCOUNT, ALL, Optional.empty()).items();
        return new Answers(
                sessions,
                sessions.stream()
                        .map(session -> reader.traces(Fleet.ACCOUNT, session.id(), ALL, Optional.empty())
                                .orElseThrow()
                                .items())
                        .toList(),
                sessions.stream()
                        .map(session -> reader.events(Fleet.ACCOUNT, session.id(), ALL, Optional.empty())
                                .orElseThrow()
                                .items())
                        .toList());
    }

    /** What is answered after a run in which nothing went wrong. */
    static Answers expected(Fleet fleet, Collection<HookEvent> events) {
        try (Driver driver = new Driver(1, Duration.ofDays(30), 64 << 20, fleet.start())) {
            events.forEach(event -> driver.send(event, fleet.start().toEpochMilli()));
            return of(driver.reader(fleet.start()));
        }
    }
}
