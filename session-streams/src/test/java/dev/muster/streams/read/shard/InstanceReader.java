/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.read.gather.GatheringAccountReader;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Reads one instance that hosts every partition: sessions one at a time, and all of an account.
 *
 * @param each reads one session
 * @param accounts reads accounts
 */
public record InstanceReader(SessionReader each, AccountReader accounts) implements SessionReader {

    static InstanceReader of(Partitions partitions, AgentControls controls, InstantSource clock) {
        GatheringAccountReader accounts = accounts(partitions, controls, clock, Budgets.DEFAULT);
        return new InstanceReader(new LocalSessionReader(partitions, controls, accounts::agentNames, clock), accounts);
    }

    /** Reads an instance of Kafka Streams. */
    public static InstanceReader of(KafkaStreams streams, int partitions, AgentControls controls, InstantSource clock) {
        return of(new StreamsPartitions(streams, partitions), controls, clock);
    }

    static GatheringAccountReader accounts(
            Partitions partitions, AgentControls controls, InstantSource clock, Budgets budgets) {
        return new GatheringAccountReader(
                List.of(new LocalShard(partitions, controls)),
                partitions.count(),
                controls,
                clock,
                AccountZones.all(ZoneOffset.UTC),
                budgets);
    }

    /** An account's sessions, the latest activity first. */
    public Page<SessionView> sessions(String account, int limit, Optional<String> cursor) {
        return accounts.sessions(account, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, limit, cursor);
    }

    @Override
    public Optional<SessionView> session(String account, String sessionId) {
        return each.session(account, sessionId);
    }

    @Override
    public Optional<Page<TraceView>> traces(String account, String sessionId, int limit, Optional<String> cursor) {
        return each.traces(account, sessionId, limit, cursor);
    }

    @Override
    public Optional<TraceView> trace(String account, String sessionId, String traceId) {
        return each.trace(account, sessionId, traceId);
    }

    @Override
    public Optional<Page<EventView>> traceEvents(
            String account, String sessionId, String traceId, int limit, Optional<String> cursor) {
        return each.traceEvents(account, sessionId, traceId, limit, cursor);
    }

    @Override
    public Optional<Page<EventView>> events(String account, String sessionId, int limit, Optional<String> cursor) {
        return each.events(account, sessionId, limit, cursor);
    }
}
