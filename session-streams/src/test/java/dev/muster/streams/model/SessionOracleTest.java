/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** A session's figures against those of {@link NaiveSession}. */
class SessionOracleTest {

    @Property(tries = 500)
    void a_session_is_what_its_events_say_together(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account account = told(events, seed);
        NaiveSession expected = new NaiveSession(events);
        SessionAggregate session = account.figures();

        assertFigures(
                session.figures(),
                NaiveFigures.of(expected.facts, Account.PRICING),
                expected.facts,
                expected.openStarts(null));
        assertThat(session.errors()).isEqualTo(expected.errors());
        assertThat(session.title()).isEqualTo(expected.title());
        assertThat(session.label()).isEqualTo(expected.agent().getAgentLabel());
        assertThat(session.agentId()).isEqualTo(expected.agent().getAgentId());
        assertThat(session.traces())
                .isEqualTo(expected.traces.keySet().stream()
                        .filter(id -> !id.isEmpty())
                        .count());
        for (Dimension dimension : Dimension.values()) {
            assertThat(session.surroundings().at(dimension)).isEqualTo(expected.at(dimension));
        }
        assertThat(session.surroundings().activeUntil() > 0).isEqualTo(expected.hasTask());
        assertThat(session.surroundings().contextTokens()).isEqualTo(expected.contextTokens());
        assertThat(session.surroundings().compactions()).isEqualTo(expected.compactions());
        assertWindows(account, session, expected.windows());
        assertThat(subagents(session)).isEqualTo(expected.subagents());
    }

    @Property(tries = 500)
    void its_days_are_what_happened_on_them(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account account = told(events, seed);
        NaiveSession expected = new NaiveSession(events);
        Map<Long, DayFigures> days = new TreeMap<>(account.figures().days());
        days.values().removeIf(day -> day.events() == 0);

        assertThat(days.keySet()).isEqualTo(expected.days().keySet());
        ModelTable sum = new ModelTable();
        account.figures().days().values().forEach(day -> sum.addResolved(day.modelTable(), true, 1));
        assertThat(withEditor(sum))
                .isEqualTo(withEditor(account.figures().figures().modelTable()));
        expected.days().forEach((day, facts) -> {
            NaiveFigures.Sums sums = NaiveFigures.of(facts, Account.PRICING);
            DayFigures figures = days.get(day);
            Assertions.assertNotNull(figures);
            assertThat(List.of(figures.events(), figures.toolCalls(), figures.failedFacts()))
                    .isEqualTo(List.of(sums.events(), sums.toolCalls(), sums.failedFacts()));
            figures.models()
                    .forEach(share -> assertThat(share.spend().picoUsd())
                            .isEqualTo(sums.models()
                                    .getOrDefault(share.name(), NOTHING)
                                    .get(6)));
        });
    }

    private static final List<Long> NOTHING = List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L);

    private static Map<String, List<Long>> withEditor(ModelTable table) {
        ModelTable resolved = new ModelTable();
        resolved.addResolved(table, true, 1);
        return NaiveFigures.models(resolved.shares(false), resolved.shares(true));
    }

    @Property(tries = 500)
    void what_failed_is_acknowledged_by_when_it_was_appended(
            @ForAll("events") List<HookEvent> events, @ForAll long seed, @ForAll("times") List<Long> commands) {
        Random random = new Random(seed);
        Account account = Account.ofSmallRows(random);
        List<Long> left = new ArrayList<>(commands);
        for (HookEvent event : events) {
            if (!left.isEmpty() && random.nextInt(4) == 0) {
                account.session().acknowledge(left.remove(0));
            }
            account.tellAll(List.of(event), random);
        }
        left.forEach(account.session()::acknowledge);
        NaiveSession expected = new NaiveSession(events);
        SessionAggregate session = account.figures();

        long last = commands.stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(session.acknowledgedAt()).isEqualTo(last);
        assertThat(session.unacknowledged()).isEqualTo(expected.failedSince(last));
        assertThat(session.isWaiting()).isEqualTo(expected.isWaiting());
        assertThat(session.framework()).isEqualTo(expected.framework());
        account.session().unacknowledge(Told.START + 5000);
        assertThat(account.figures().unacknowledged()).isEqualTo(expected.failedSince(0));
        assertThat(account.session().acknowledge(Told.START)).isFalse();
    }

    @Provide
    Arbitrary<List<Long>> times() {
        return Arbitraries.longs()
                .between(Told.START - 10, Told.START + 1010)
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 500)
    void its_traces_are_what_their_facts_say(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account account = told(events, seed);
        NaiveSession expected = new NaiveSession(events);
        Map<String, TraceAggregate> traces = account.traces();

        assertThat(traces.keySet()).isEqualTo(expected.traces.keySet());
        expected.traces.forEach((id, facts) -> {
            TraceAggregate trace = traces.get(id);
            Assertions.assertNotNull(trace);
            assertFigures(
                    trace.figures(), NaiveFigures.ofTrace(facts, Account.PRICING), facts, expected.openStarts(id));
            assertThat(List.of(trace.start(), trace.end())).isEqualTo(expected.bounds(id));
            assertThat(trace.prompt()).isEqualTo(expected.prompt(id));
            assertThat(trace.errors()).isEqualTo(trace.figures().failedFacts() + NaiveFigures.turnErrors(facts));
        });
    }

    @Property(tries = 200)
    void its_stored_facts_are_the_merged_ones_in_order(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account account = told(events, seed);
        account.write();
        NaiveSession expected = new NaiveSession(events);

        List<StoredFact> stored = account.facts();
        assertThat(stored).extracting(StoredFact::event).isEqualTo(expected.facts);
        assertThat(stored)
                .extracting(StoredFact::trace)
                .isEqualTo(expected.facts.stream()
                        .map(fact -> Hashes.of(expected.traceOf(fact)))
                        .toList());
    }

    private static Account told(List<HookEvent> events, long seed) {
        Random random = new Random(seed);
        return Account.ofSmallRows(random).tellAll(events, random);
    }

    @Provide
    Arbitrary<List<HookEvent>> events() {
        return RandomEvents.lists();
    }

    private static void assertFigures(
            Figures figures, NaiveFigures.Sums sums, Collection<HookEvent> facts, List<Long> openStarts) {
        assertThat(NaiveFigures.of(figures)).isEqualTo(sums);
        for (long clock = Told.START; clock < Told.START + 18_000_000; clock += 30_000) {
            long time = clock;
            assertThat(figures.openStartsBy(clock))
                    .isEqualTo(
                            openStarts.stream().filter(start -> start <= time).count());
        }
        assertPercentiles(figures.latencyAll(), NaiveFigures.durations(facts, FactKind.values()));
        assertPercentiles(figures.latencyTools(), NaiveFigures.durations(facts, FactKind.TOOL_END));
        assertPercentiles(figures.latencyModels(), NaiveFigures.durations(facts, FactKind.MODEL_REQUEST));
    }

    private static void assertPercentiles(LatencySketch sketch, List<Long> sorted) {
        assertThat(sketch.count()).isEqualTo(sorted.size());
        for (int percent : new int[] {1, 50, 95, 100}) {
            if (!sorted.isEmpty()) {
                LatencySketchTest.assertNearestRank(sketch, sorted, percent);
            }
        }
    }

    private static void assertWindows(Account account, SessionAggregate session, NavigableMap<Long, Long> windows) {
        assertThat(session.first()).isEqualTo(windows.firstKey());
        assertThat(session.last()).isEqualTo(windows.lastEntry().getValue());
        assertThat(session.windows()).isEqualTo(windows.size());
        assertThat(session.activeMs())
                .isEqualTo(windows.entrySet().stream()
                        .mapToLong(window -> window.getValue() - window.getKey())
                        .sum());
        account.write();
        assertThat(account.rows().windows()).isEqualTo(windows.headMap(windows.lastKey()));
    }

    private static Map<String, List<String>> subagents(SessionAggregate session) {
        Map<String, List<String>> result = new HashMap<>();
        session.subagents()
                .forEach(subagent -> result.put(
                        subagent.id(),
                        List.of(
                                String.valueOf(subagent.type()),
                                String.valueOf(subagent.trace()),
                                String.valueOf(subagent.toolCalls()))));
        return result;
    }
}
