/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.FactPosition;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.model.TraceAggregate;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Answers for one session at a time, from the stores of the instance that hosts its partition. */
public final class LocalSessionReader implements SessionReader {

    private final Partitions partitions;
    private final AgentControls controls;
    private final Supplier<AgentNames> names;
    private final InstantSource clock;

    LocalSessionReader(Partitions partitions, AgentControls controls, Supplier<AgentNames> names, InstantSource clock) {
        this.partitions = partitions;
        this.names = names;
        this.controls = controls;
        this.clock = clock;
    }

    /**
     * Reads the stores of a Kafka Streams instance.
     *
     * @param count how many partitions the events' topic has
     * @param controls what was commanded of the agents
     * @param names names agents, anew for each answer
     */
    public static SessionReader of(
            KafkaStreams streams, int count, AgentControls controls, Supplier<AgentNames> names, InstantSource clock) {
        return new LocalSessionReader(new StreamsPartitions(streams, count), controls, names, clock);
    }

    @Override
    public Optional<SessionView> session(String account, String sessionId) {
        return StoreRead.of(() -> snapshot(account, sessionId)
                .map(SessionSnapshot::figures)
                .map(session -> ViewMapper.session(session, agent(session), names.get(), clock.millis())));
    }

    @Override
    public Optional<Page<TraceView>> traces(String account, String sessionId, int limit, Optional<String> cursor) {
        Optional<Position> after = PageToken.TRACES.decode(cursor);
        return StoreRead.of(() -> snapshot(account, sessionId).map(session -> {
            List<TraceAggregate> found = session.traces().after(after, limit + 1);
            Optional<String> next = Optional.empty();
            if (found.size() > limit) {
                found = found.subList(0, limit);
                TraceAggregate last = found.get(limit - 1);
                next = Optional.of(PageToken.TRACES.encode(new Position(last.start(), last.id())));
            }
            long now = clock.millis();
            return new Page<>(
                    found.stream()
                            .map(trace -> ViewMapper.trace(trace, session.figures(), now))
                            .toList(),
                    next);
        }));
    }

    @Override
    public Optional<TraceView> trace(String account, String sessionId, String traceId) {
        return StoreRead.of(() -> snapshot(account, sessionId)
                .flatMap(session -> session.traces()
                        .find(traceId)
                        .map(trace -> ViewMapper.trace(trace, session.figures(), clock.millis()))));
    }

    @Override
    public Optional<Page<EventView>> traceEvents(
            String account, String sessionId, String traceId, int limit, Optional<String> cursor) {
        Optional<Position> after = PageToken.EVENTS.decode(cursor);
        long hash = TraceAggregate.hashOf(traceId);
        return StoreRead.of(() -> snapshot(account, sessionId)
                .flatMap(session -> session.traces()
                        .find(traceId)
                        .map(trace -> events(
                                session,
                                after.map(LocalSessionReader::behind).orElse(FactPosition.at(trace.start())),
                                trace.end(),
                                fact -> fact.trace() == hash,
                                limit))));
    }

    @Override
    public Optional<Page<EventView>> events(String account, String sessionId, int limit, Optional<String> cursor) {
        Optional<Position> after = PageToken.EVENTS.decode(cursor);
        return StoreRead.of(() -> snapshot(account, sessionId)
                .map(session -> events(
                        session,
                        after.map(LocalSessionReader::behind).orElse(FactPosition.at(Long.MIN_VALUE)),
                        Long.MAX_VALUE,
                        fact -> true,
                        limit)));
    }

    private static Page<EventView> events(
            SessionSnapshot session, FactPosition from, long lastTime, Predicate<StoredFact> wanted, int limit) {
        FactPage found = session.facts(from, lastTime, wanted, FactPage.forPage(limit));
        Optional<String> next = found.last()
                .filter(last -> found.isFull())
                .map(StoredFact::place)
                .map(last -> PageToken.EVENTS.encode(new Position(last.time(), Long.toUnsignedString(last.id()))));
        return new Page<>(found.facts().stream().map(session::event).toList(), next);
    }

    private static FactPosition behind(Position position) {
        try {
            return new FactPosition(position.value(), Long.parseUnsignedLong(position.id()) + 1);
        } catch (NumberFormatException e) {
            throw PageToken.foreign();
        }
    }

    private Optional<SessionSnapshot> snapshot(String account, String sessionId) {
        RecordKey key = RecordKey.ofSession(account, sessionId);
        return key.isOfAgent()
                ? Optional.empty()
                : SessionSnapshot.of(partitions.of(key), key)
                        .filter(session -> !agent(session.figures()).isDeleted());
    }

    private AgentControl agent(SessionAggregate session) {
        return controls.of(session.account(), session.agentId());
    }
}
