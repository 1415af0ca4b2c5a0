/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DataSet MIX = DataSet.mix(20_003, 200);

    private static List<HookEvent> taken(EventStream stream) {
        List<HookEvent> events = new ArrayList<>();
        stream.forEachRemaining(events::add);
        return events;
    }

    private static double share(List<HookEvent> events, Predicate<HookEvent> of) {
        return (double) events.stream().filter(of).count() / events.size();
    }

    @Test
    void theSameSeedAndTimeMakeTheSameEvents() {
        assertThat(taken(MIX.stream(NOW))).isEqualTo(taken(MIX.stream(NOW)));
    }

    @Test
    void anotherSeedMakesOthers() {
        assertThat(taken(new EventStream(MIX, 1, NOW))).isNotEqualTo(taken(new EventStream(MIX, 2, NOW)));
    }

    @Test
    void hasTheRecordsAndSessionsThatWereAskedFor() {
        List<HookEvent> events = taken(MIX.stream(NOW));

        Map<String, Integer> sizes = new HashMap<>();
        events.forEach(event -> sizes.merge(String.valueOf(event.getSessionId()), 1, Integer::sum));
        assertThat(events).hasSize(20_003);
        assertThat(sizes).hasSize(200);
        assertThat(sizes.values()).allMatch(size -> size == 100 || size == 101);
    }

    @Test
    void knowsHowManyRecordsAreRepeats() {
        EventStream stream = MIX.stream(NOW);
        List<HookEvent> events = taken(stream);

        Set<String> facts = new HashSet<>();
        events.forEach(event -> facts.add(event.getSessionId() + "/" + event.getId()));
        assertThat(stream.repeats()).isEqualTo(events.size() - facts.size());
        assertThat(stream.repeats() / 20_003.0).isCloseTo(0.01, within(0.003));
    }

    @Test
    void someEventsComeAfterLaterOnesOfTheirSession() {
        Map<String, Long> latest = new HashMap<>();
        Set<String> seen = new HashSet<>();
        int late = 0;
        for (HookEvent event : taken(MIX.stream(NOW))) {
            String session = String.valueOf(event.getSessionId());
            long before = latest.getOrDefault(session, Long.MIN_VALUE);
            if (seen.add(session + event.getId()) && event.getTimestamp() < before) {
                late++;
            }
            latest.put(session, Math.max(before, event.getTimestamp()));
        }
        assertThat(late / 20_003.0).isCloseTo(0.05, within(0.01));
    }

    @Test
    void mixesTheKindsOfACodingAgent() {
        List<HookEvent> events = taken(MIX.stream(NOW));

        Map<FactKind, Double> shares = new HashMap<>();
        Arrays.stream(FactKind.values()).forEach(kind -> shares.put(kind, share(events, e -> e.getKind() == kind)));
        assertThat(shares.get(FactKind.PROMPT)).isCloseTo(0.095, within(0.01));
        assertThat(shares.get(FactKind.MODEL_REQUEST)).isCloseTo(0.335, within(0.02));
        assertThat(shares.get(FactKind.TOOL_START)).isCloseTo(0.24, within(0.02));
        assertThat(shares.get(FactKind.TOOL_END)).isCloseTo(0.24, within(0.02));
        assertThat(shares.get(FactKind.OTHER)).isCloseTo(0.09, within(0.01));
        assertThat(shares.get(FactKind.FAILED_TURN)).isCloseTo(0.002, within(0.001));
        assertThat(share(events, e -> e.getOutcome() == Outcome.FAILED)).isCloseTo(0.017, within(0.005));
        assertThat(share(events, e -> e.getTraceId() == null)).isCloseTo(0.25, within(0.03));
    }

    @Test
    void eventsHaveAboutThreeHundredBytes() {
        SingleObjectFormat format = new SingleObjectFormat();
        assertThat(taken(MIX.stream(NOW)).stream()
                        .mapToInt(event -> format.write(event).length)
                        .average())
                .hasValueCloseTo(310.0, within(25.0));
    }

    @Test
    void evenTheLongestSessionLiesInThePastAndWithinRetention() {
        long began = NOW.minus(Duration.ofDays(30)).toEpochMilli();
        EventStream stream = DataSet.named("one-session").stream(NOW);
        while (stream.hasNext()) {
            assertThat(stream.next().getTimestamp()).isBetween(began, NOW.toEpochMilli());
        }
    }

    @Test
    void eventsComeInTheOrderOfTheirTimesExceptForThoseThatAreHeldBack() {
        long latest = 0;
        int late = 0;
        for (HookEvent event : taken(MIX.stream(NOW))) {
            assertThat(event.getTimestamp()).isGreaterThanOrEqualTo(latest - Disorder.MAX_DELAY_MS);
            if (event.getTimestamp() < latest) {
                late++;
            }
            latest = Math.max(latest, event.getTimestamp());
        }
        assertThat(late / 20_003.0).isCloseTo(0.06, within(0.01));
    }

    @Test
    void theSessionsOfTheMixAreInterleavedFromFirstToLast() {
        Map<String, Integer> sizes = new HashMap<>();
        taken(MIX.stream(NOW)).stream()
                .limit(10_000)
                .forEach(event -> sizes.merge(String.valueOf(event.getSessionId()), 1, Integer::sum));

        assertThat(sizes).hasSize(200);
        // But for those that make a break of half an hour.
        assertThat(sizes.values().stream().filter(size -> size > 25 && size < 75))
                .hasSizeGreaterThan(180);
    }

    @Test
    void sessionsComeAndGoWhereTheyAreNotAllAtWork() {
        DataSet coming = DataSet.named("sessions-10x").scaled(0.01);
        EventStream stream = coming.stream(NOW);
        Set<String> seen = new HashSet<>();
        int max = 0;
        for (int i = 0; i < coming.records() / 2; i++) {
            seen.add(String.valueOf(stream.next().getSessionId()));
            max = Math.max(max, stream.atWork());
        }
        assertThat(max).isEqualTo(coming.active()).isEqualTo(200);
        assertThat(seen.size()).isBetween(900, 1_300);
        stream.forEachRemaining(event -> seen.add(String.valueOf(event.getSessionId())));
        assertThat(seen).hasSize(coming.sessions());
    }

    @Test
    void ofAHundredTimesTheSessionsEachHasOneOrTwoEvents() {
        DataSet many = DataSet.named("sessions-100x").scaled(0.001);
        Map<String, Integer> sizes = new HashMap<>();
        taken(many.stream(NOW)).forEach(event -> sizes.merge(String.valueOf(event.getSessionId()), 1, Integer::sum));

        assertThat(sizes).hasSize(2_000);
        assertThat(sizes.values()).containsOnly(1, 2);
        assertThat(sizes.values().stream().filter(size -> size == 2)).hasSize(1_000);
    }

    @Test
    void takesMemoryForTheSessionsAtWorkOnly() {
        EventStream stream = DataSet.named("sessions-100x").scaled(0.01).stream(NOW);
        while (stream.hasNext()) {
            assertThat(stream.atWork()).isLessThanOrEqualTo(2_000);
            stream.next();
        }
    }

    @Test
    void oneTraceIsOnePromptWithEverythingUnderIt() {
        List<HookEvent> events = taken(DataSet.named("one-trace").scaled(0.1).stream(NOW));

        Set<String> ofOne = new HashSet<>();
        events.forEach(event -> ofOne.add(event.getSessionId() + "/" + event.getTraceId()));
        assertThat(events).hasSize(10_000);
        assertThat(ofOne).hasSize(1);
        assertThat(events.stream()
                        .filter(event -> event.getKind() == FactKind.PROMPT)
                        .map(HookEvent::getId)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void doesNotTellTheRepeatsBeforeTheEnd() {
        EventStream stream = MIX.stream(NOW);
        assertThatThrownBy(stream::repeats).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsWhenAllWereTaken() {
        EventStream stream = DataSet.oneSession(1).stream(NOW);
        stream.next();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
}
