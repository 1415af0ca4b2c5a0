/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.Fence;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.model.TraceFigures;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;

/** Reads sessions from the stores of one instance. */
public final class StoreSessionReader implements SessionReader {

    private final Partitions partitions;
    private final AgentControls controls;
    private final InstantSource clock;
    private final SessionSearch sessions;

    StoreSessionReader(Partitions partitions, AgentControls controls, InstantSource clock) {
        this.partitions = partitions;
        this.controls = controls;
        this.clock = clock;
        sessions = new SessionSearch(partitions, controls, clock, StoreAccountReader.MOST_LOOKED_AT);
    }

    /**
     * Reads the stores of a Kafka Streams instance.
     *
     * @param count how many partitions the events' topic has
     * @param controls what was commanded of the agents
     */
    public static SessionReader of(KafkaStreams streams, int count, AgentControls controls, InstantSource clock) {
        return new StoreSessionReader(new StreamsPartitions(streams, count), controls, clock);
    }

    @Override
    public Page<SessionView> sessions(String account, int limit, Optional<String> cursor) {
        return Reading.of(() -> sessions.page(account, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, limit, cursor));
    }

    @Override
    public Optional<SessionView> session(String account, String sessionId) {
        return Reading.of(() -> snapshot(account, sessionId)
                .map(SessionSnapshot::figures)
                .map(session -> Views.session(session, agent(session), clock.millis())));
    }

    @Override
    public Optional<Page<TraceView>> traces(String account, String sessionId, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.TRACES, cursor);
        return Reading.of(() -> snapshot(account, sessionId).map(session -> {
            List<TraceFigures> found = session.traces().behind(after, limit + 1);
            Optional<String> next = Optional.empty();
            if (found.size() > limit) {
                found = found.subList(0, limit);
                TraceFigures last = found.get(limit - 1);
                next = Optional.of(new Cursor(Cursor.TRACES, last.start(), last.id()).encoded());
            }
            long now = clock.millis();
            return new Page<>(
                    found.stream()
                            .map(trace -> Views.trace(trace, session.figures(), now))
                            .toList(),
                    next);
        }));
    }

    @Override
    public Optional<TraceView> trace(String account, String sessionId, String traceId) {
        return Reading.of(() -> snapshot(account, sessionId)
                .flatMap(session -> session.traces()
                        .find(traceId)
                        .map(trace -> Views.trace(trace, session.figures(), clock.millis()))));
    }

    @Override
    public Optional<Page<EventView>> traceEvents(
            String account, String sessionId, String traceId, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.EVENTS, cursor);
        long hash = TraceFigures.hashOf(traceId);
        return Reading.of(() -> snapshot(account, sessionId)
                .flatMap(session -> session.traces()
                        .find(traceId)
                        .map(trace -> events(
                                session,
                                after.map(StoreSessionReader::behind).orElse(Fence.at(trace.start())),
                                trace.end(),
                                fact -> fact.trace() == hash,
                                limit))));
    }

    @Override
    public Optional<Page<EventView>> events(String account, String sessionId, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.EVENTS, cursor);
        return Reading.of(() -> snapshot(account, sessionId)
                .map(session -> events(
                        session,
                        after.map(StoreSessionReader::behind).orElse(Fence.at(Long.MIN_VALUE)),
                        Long.MAX_VALUE,
                        fact -> true,
                        limit)));
    }

    private static Page<EventView> events(
            SessionSnapshot session, Fence from, long lastTime, Predicate<StoredFact> wanted, int limit) {
        FoundFacts found = session.facts(from, lastTime, wanted, FoundFacts.forPage(limit));
        Optional<String> next = found.last()
                .filter(last -> found.isFull())
                .map(StoredFact::place)
                .map(last -> new Cursor(Cursor.EVENTS, last.time(), Long.toUnsignedString(last.id())).encoded());
        return new Page<>(found.facts().stream().map(session::event).toList(), next);
    }

    private static Fence behind(Cursor cursor) {
        try {
            return new Fence(cursor.number(), Long.parseUnsignedLong(cursor.text()) + 1);
        } catch (NumberFormatException e) {
            throw new InvalidCursorException("The cursor is not one that this list gave out.");
        }
    }

    private Optional<SessionSnapshot> snapshot(String account, String sessionId) {
        RecordKey key = RecordKey.ofSession(account, sessionId);
        return key.isOfAgent()
                ? Optional.empty()
                : SessionSnapshot.of(partitions.of(key), key)
                        .filter(session -> !agent(session.figures()).isDeleted());
    }

    private AgentControl agent(SessionFigures session) {
        return controls.of(session.account(), session.agentId());
    }
}
