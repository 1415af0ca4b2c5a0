/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.OrderedCopies;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.SubagentView;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.shard.RecordedSession.Teller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hooks, telemetry and transcript of one session of Claude Code give the same session where they overlap, whichever of them
 * there are, in whatever order they come and however often. What the client itself says of the session stands beside its
 * recordings.
 */
class SourcesAgreeTest {

    private static final TokenCounts TOKENS = new TokenCounts(175, 455, 118_784, 5_120, 0);
    private static final double COST_USD = 0.0621852;
    private static final TokenCounts SUBAGENT_TOKENS = new TokenCounts(40, 96, 4_096, 2_176, 0);
    private static final double SUBAGENT_COST_USD = 0.0109488;
    private static final long LONG_AGO = Duration.ofDays(30).toMillis();

    /** What is the same of a prompt, whoever tells it. */
    private record Prompt(Optional<String> text, long toolCalls, long errors, long orphans) {}

    /** What it used, for those who tell of it. */
    private record Used(TokenCounts tokens, OptionalDouble costUsd) {}

    private record Session(
            FiguresView figures, Map<String, Prompt> prompts, Map<String, Used> used, List<SubagentView> subagents) {}

    private final Session everything = count(all(Set.of(Teller.values())), new Random(1));

    @Provide
    Arbitrary<Set<Teller>> tellers() {
        // Spans name no prompts: without somebody who does there are none to compare.
        return Arbitraries.of(Teller.class).set().ofMinSize(1).filter(tellers -> !tellers.equals(Set.of(Teller.SPANS)));
    }

    @Property(tries = 60)
    void whoeverTellsItAndInWhateverOrder(
            @ForAll("tellers") Set<Teller> tellers, @ForAll Random random, @ForAll boolean repeated) {
        List<HookEvent> events = new ArrayList<>(all(tellers));
        if (repeated) {
            events.addAll(events.subList(0, random.nextInt(events.size())));
        }
        Collections.shuffle(events, random);

        Session session = count(events, random);

        assertIsTheSession(session);
        assertThat(session.prompts()).isEqualTo(everything.prompts());
        if (tellers.contains(Teller.LOGS) || tellers.contains(Teller.TRANSCRIPT) || tellers.contains(Teller.SPANS)) {
            assertIsTheUsage(session);
            assertThat(session.used()).isEqualTo(everything.used());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Teller.class,
            names = {"HOOKS", "LOGS", "TRANSCRIPT"})
    void eachOfThemAlone(Teller teller) {
        Session session = count(RecordedSession.events(teller), new Random(1));

        assertIsTheSession(session);
        if (teller != Teller.HOOKS) {
            assertIsTheUsage(session);
        }
    }

    /** A provider in between may leave out the ids of its answers; then requests go by their numbers. */
    @Property(tries = 40)
    void requestsWithoutIds(@ForAll("tellers") Set<Teller> tellers, @ForAll Random random) {
        List<HookEvent> events = new ArrayList<>(all(tellers, SourcesAgreeTest::withoutRequestIds));
        Collections.shuffle(events, random);

        Session session = count(events, random);

        assertThat(events).extracting(HookEvent::getRequestId).containsOnlyNulls();
        assertIsTheSession(session);
        assertThat(session.prompts()).isEqualTo(everything.prompts());
        if (!tellers.equals(Set.of(Teller.HOOKS))) {
            assertIsTheUsage(session);
            assertThat(session.used()).isEqualTo(everything.used());
        }
    }

    /** What an id may be like: as it was recorded, which is counted; one for all; none. */
    private enum Ids {
        COUNTED(line -> line),
        CONSTANT(line -> line.replaceAll("toolu_[a-z0-9]+", "call")
                .replaceAll("\"req_[0-9]+\"", "\"gw\"")
                .replaceAll("msg_[0-9]+", "gw")),
        NO_REQUEST_IDS(SourcesAgreeTest::withoutRequestIds);

        @SuppressWarnings("ImmutableEnumChecker") // functions without state
        private final UnaryOperator<String> line;

        Ids(UnaryOperator<String> line) {
            this.line = line;
        }
    }

    /** The collector hears each source in its order, however they interleave; the records come in any order and again. */
    @Property(tries = 150)
    void idsThatAreNotUnique(
            @ForAll("tellers") Set<Teller> tellers, @ForAll Ids ids, @ForAll Random random, @ForAll boolean repeated) {
        List<Deque<HookEvent>> sources = new ArrayList<>();
        for (Teller teller : tellers) {
            sources.add(new ArrayDeque<>(all(Set.of(teller), ids.line)));
        }
        OrderedCopies copies = new OrderedCopies();
        List<HookEvent> events = new ArrayList<>();
        while (!sources.isEmpty()) {
            Deque<HookEvent> source = sources.get(random.nextInt(sources.size()));
            HookEvent event = source.remove();
            copies.settle(event);
            events.add(event);
            sources.removeIf(Deque::isEmpty);
        }
        if (repeated) {
            events.addAll(events.subList(0, random.nextInt(events.size())));
        }
        Collections.shuffle(events, random);

        Session session = count(events, random);

        assertThat(session.figures().toolCalls()).isEqualTo(6);
        assertThat(session.figures().errors()).isEqualTo(3);
        assertThat(session.figures().orphans()).isZero();
        if (!tellers.equals(Set.of(Teller.HOOKS))) {
            assertThat(session.figures().tokens()).isEqualTo(TOKENS);
            assertThat(session.figures().costUsd()).hasValue(COST_USD);
        }
    }

    private static String withoutRequestIds(String line) {
        return line.replace("\"requestId\"", "\"noId\"")
                .replace("\"request_id\"", "\"no_id\"")
                .replace("\"gen_ai.response.id\"", "\"no_id\"");
    }

    /** A subagent in the background ends its work while the next prompt is already being answered. */
    @ParameterizedTest
    @EnumSource(
            value = Teller.class,
            names = {"LOGS", "TRANSCRIPT"})
    void aSubagentThatOutlivesItsPrompt(Teller teller) {
        Session session = count(RecordedSession.events(teller, SourcesAgreeTest::withLateSubagent), new Random(1));

        assertIsTheSession(session);
        assertThat(session.used()).isEqualTo(everything.used());
    }

    /** The subagent's last request ends a second later, in the logs and in its transcript. */
    private static String withLateSubagent(String line) {
        return line.contains("msg_000009")
                ? line.replace("16:37:29.868Z", "16:37:30.868Z")
                : line.replace("1795365449873000000", "1795365450873000000");
    }

    private static void assertIsTheSession(Session session) {
        assertThat(session.prompts()).hasSize(7);
        assertThat(session.figures().toolCalls()).isEqualTo(6);
        assertThat(session.figures().errors()).isEqualTo(3);
        assertThat(session.figures().orphans()).isZero();
        assertThat(session.subagents()).singleElement().satisfies(subagent -> {
            assertThat(subagent.id()).isEqualTo(RecordedSession.SUBAGENT);
            assertThat(subagent.toolCalls()).isEqualTo(2);
        });
    }

    private static void assertIsTheUsage(Session session) {
        assertThat(session.figures().tokens()).isEqualTo(TOKENS);
        assertThat(session.figures().costUsd()).hasValue(COST_USD);
        assertThat(session.figures().unpricedTokens()).isZero();
        assertThat(session.subagents()).singleElement().satisfies(subagent -> {
            assertThat(subagent.tokens()).isEqualTo(SUBAGENT_TOKENS);
            assertThat(subagent.costUsd()).hasValue(SUBAGENT_COST_USD);
        });
    }

    private static List<HookEvent> all(Set<Teller> tellers) {
        return all(tellers, UnaryOperator.identity());
    }

    private static List<HookEvent> all(Set<Teller> tellers, UnaryOperator<String> line) {
        return tellers.stream()
                .sorted()
                .flatMap(teller -> RecordedSession.events(teller, line).stream())
                .toList();
    }

    private static Session count(List<HookEvent> events, Random random) {
        try (Driver driver = new Driver(1, Duration.ofDays(30), 1 << 20, RecordedSession.END)) {
            for (HookEvent event : events) {
                driver.send(event, RecordedSession.END.toEpochMilli() + random.nextInt(1000));
            }
            InstanceReader reader = driver.reader(RecordedSession.END.plusMillis(LONG_AGO / 2));
            SessionView session =
                    reader.session(RecordedSession.ACCOUNT, RecordedSession.ID).orElseThrow();
            List<TraceView> traces = reader.traces(RecordedSession.ACCOUNT, RecordedSession.ID, 100, Optional.empty())
                    .orElseThrow()
                    .items();
            return new Session(
                    session.figures(),
                    traces.stream().collect(toMap(TraceView::id, SourcesAgreeTest::prompt)),
                    traces.stream().collect(toMap(TraceView::id, SourcesAgreeTest::used)),
                    session.subagents());
        }
    }

    private static Prompt prompt(TraceView trace) {
        FiguresView figures = trace.figures();
        return new Prompt(trace.prompt(), figures.toolCalls(), figures.errors(), figures.orphans());
    }

    private static Used used(TraceView trace) {
        return new Used(trace.figures().tokens(), trace.figures().costUsd());
    }
}
