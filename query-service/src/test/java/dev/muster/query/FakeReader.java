/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.Samples;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Sessions in memory. Each has two traces, {@code t/1} and {@code t/2}, of three events each; a cursor is the index of
 * a page's first item. Some ids make trouble: {@link #RESTORING}, {@link #BROKEN} and {@link #EXHAUSTED}.
 */
final class FakeReader implements SessionReader {

    static final String RESTORING = "restoring";
    static final String BROKEN = "broken";
    static final String EXHAUSTED = "exhausted";

    /** A session that is not there, which is found out when a latch is counted down. */
    static final String HELD = "held";

    private static final List<String> TRACES = List.of("t/1", "t/2");

    private final String account;
    private final List<String> ids;
    private final CountDownLatch released;
    private final AtomicInteger held = new AtomicInteger();

    FakeReader(String account, List<String> ids, CountDownLatch released) {
        this.released = released;
        this.account = account;
        this.ids = List.copyOf(ids);
    }

    /** How many readings of {@link #HELD} have begun. */
    int held() {
        return held.get();
    }

    @Override
    public Optional<SessionView> session(String account, String sessionId) {
        return has(account, sessionId) ? Optional.of(Samples.session(sessionId)) : Optional.empty();
    }

    @Override
    public Optional<Page<TraceView>> traces(String account, String sessionId, int limit, Optional<String> cursor) {
        return has(account, sessionId) ? Optional.of(page(TRACES, limit, cursor, Samples::trace)) : Optional.empty();
    }

    @Override
    public Optional<TraceView> trace(String account, String sessionId, String traceId) {
        return has(account, sessionId, traceId) ? Optional.of(Samples.trace(traceId)) : Optional.empty();
    }

    @Override
    public Optional<Page<EventView>> traceEvents(
            String account, String sessionId, String traceId, int limit, Optional<String> cursor) {
        return has(account, sessionId, traceId)
                ? Optional.of(page(factsOf(traceId), limit, cursor, fact -> event(sessionId, fact)))
                : Optional.empty();
    }

    @Override
    public Optional<Page<EventView>> events(String account, String sessionId, int limit, Optional<String> cursor) {
        List<String> facts = new ArrayList<>();
        TRACES.forEach(trace -> facts.addAll(factsOf(trace)));
        return has(account, sessionId)
                ? Optional.of(page(facts, limit, cursor, fact -> event(sessionId, fact)))
                : Optional.empty();
    }

    private boolean has(String account, String sessionId, String traceId) {
        return has(account, sessionId) && TRACES.contains(traceId);
    }

    private boolean has(String account, String sessionId) {
        if (sessionId.equals(RESTORING)) {
            throw new NotReadyException("The stores are being restored.", new IllegalStateException("restoring"));
        }
        if (sessionId.equals(BROKEN)) {
            throw new IllegalStateException("secret of the inside");
        }
        if (sessionId.equals(EXHAUSTED)) {
            throw new StackOverflowError("secret of the inside");
        }
        if (sessionId.equals(HELD)) {
            held.incrementAndGet();
            awaitRelease();
        }
        return this.account.equals(account) && ids.contains(sessionId);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> factsOf(String trace) {
        return List.of(trace + "#1", trace + "#2", trace + "#3");
    }

    private static EventView event(String sessionId, String fact) {
        return new EventView(Samples.event(sessionId, fact).build(), Optional.of(fact.substring(0, fact.indexOf('#'))));
    }

    static <T> Page<T> page(List<String> keys, int limit, Optional<String> cursor, Function<String, T> item) {
        int from = cursor.map(FakeReader::index).orElse(0);
        int to = Math.min(keys.size(), from + limit);
        return new Page<>(
                keys.subList(from, to).stream().map(item).toList(),
                to < keys.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    private static int index(String cursor) {
        try {
            return Integer.parseInt(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidCursorException("The cursor «" + cursor + "» is none of this list's.");
        }
    }
}
