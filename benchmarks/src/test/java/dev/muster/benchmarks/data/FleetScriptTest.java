/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.benchmarks.data.SessionPlan.Failure;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.StatusRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetScriptTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Fleet FLEET = new Fleet(10_000, 500, 30, 300);
    private static final FleetScript SCRIPT = new FleetScript(FLEET, NOW);
    private static final List<SessionPlan> PLANS = SCRIPT.plans().toList();

    private static List<HookEvent> events(FleetScript script, SessionPlan plan) {
        List<HookEvent> events = new ArrayList<>();
        script.tell(plan, events::add);
        return events;
    }

    private static double share(Predicate<SessionPlan> of) {
        return (double) PLANS.stream().filter(of).count() / PLANS.size();
    }

    private static Status status(SessionPlan plan) {
        return StatusRule.of(false, plan.hasFailed(), plan.last(), 0, NOW.toEpochMilli());
    }

    private static Set<String> told(List<HookEvent> events, Function<HookEvent, String> field) {
        return events.stream().map(field).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    @Test
    void theSameSizeAndTimeMakeTheSameEvents() {
        FleetScript again = new FleetScript(FLEET, NOW);
        SessionPlan one = SCRIPT.plan(4_711);

        assertThat(again.plan(4_711)).isEqualTo(one);
        assertThat(events(again, one)).isEqualTo(events(SCRIPT, one));
        assertThat(again.longPlan()).isEqualTo(SCRIPT.longPlan());
    }

    @Test
    void hasTheSessionsThatWereAskedForAndTheLongOne() {
        assertThat(PLANS).hasSize(10_001).first().isEqualTo(SCRIPT.longPlan());
        assertThat(SCRIPT.sessions()).isEqualTo(10_001);
        assertThat(PLANS.stream().map(SessionPlan::id)).doesNotHaveDuplicates();
    }

    @Test
    void aSessionsEventsAreWhatItsPlanSays() {
        for (int number = 0; number < 1_000; number++) {
            SessionPlan plan = SCRIPT.plan(number);
            List<HookEvent> events = events(SCRIPT, plan);
            List<HookEvent> ends = events.stream()
                    .filter(event -> event.getKind() == FactKind.TOOL_END)
                    .toList();

            assertThat(events).hasSize(plan.events());
            assertThat(plan.events()).isBetween(3, 10);
            assertThat(told(events, HookEvent::getSessionId)).containsExactly(plan.id());
            assertThat(told(events, HookEvent::getAgentId)).containsExactly(plan.agentId());
            assertThat(told(events, HookEvent::getModel)).containsExactlyInAnyOrderElementsOf(plan.models());
            assertThat(told(ends, HookEvent::getToolName)).containsExactlyInAnyOrderElementsOf(plan.tools());
            assertThat(told(events, HookEvent::getTraceId)).hasSize(plan.turns());
            assertThat(events.get(0).getPrompt()).isEqualTo(plan.title());
            assertThat(events.stream().filter(event -> event.getKind() == FactKind.MODEL_REQUEST))
                    .hasSize(plan.requests());
            assertThat(events.stream().filter(event -> event.getOutcome() == Outcome.FAILED))
                    .hasSize(plan.hasFailed() ? 1 : 0);
            assertThat(events)
                    .extracting(HookEvent::getTimestamp)
                    .isSorted()
                    .startsWith(plan.first())
                    .endsWith(plan.last());
            assertThat(new HashSet<>(events).size()).isEqualTo(events.size());
        }
    }

    @Test
    void sessionsHaveAboutFiveEvents() {
        assertThat(PLANS.stream().skip(1).mapToInt(SessionPlan::events).average())
                .hasValueCloseTo(5.2, within(0.2));
    }

    @Test
    void theLongSessionHasItsTracesInTheMiddleOfTheDays() {
        List<HookEvent> events = events(SCRIPT, SCRIPT.longPlan());

        assertThat(events).hasSize(SCRIPT.longPlan().events()).hasSize(4 * 300 + 1);
        assertThat(told(events, HookEvent::getTraceId)).hasSize(300);
        assertThat(events)
                .extracting(HookEvent::getTimestamp)
                .isSorted()
                .allMatch(time -> time > NOW.minus(Duration.ofDays(19)).toEpochMilli()
                        && time < NOW.minus(Duration.ofDays(11)).toEpochMilli());
        assertThat(status(SCRIPT.longPlan())).isEqualTo(Status.DONE);
    }

    @Test
    void evenTheOldestLiesWithinRetentionAndNoneInTheFuture() {
        assertThat(PLANS).allSatisfy(plan -> {
            assertThat(plan.first())
                    .isGreaterThan(NOW.minus(Duration.ofDays(30)).toEpochMilli());
            assertThat(plan.first()).isLessThan(plan.last());
            assertThat(plan.last()).isLessThan(NOW.toEpochMilli());
        });
        assertThat(PLANS.get(1).last())
                .isLessThan(NOW.minus(Duration.ofDays(29)).toEpochMilli());
    }

    @Test
    void sessionsEndOneAfterTheOtherEvenlyOverTheDays() {
        long hour = Duration.ofHours(1).toMillis();
        List<SessionPlan> done = PLANS.subList(1, 9_901);
        for (int i = 1; i < done.size(); i++) {
            assertThat(done.get(i).last())
                    .isBetween(done.get(i - 1).last() - hour, done.get(i - 1).last() + hour);
        }
        long firstDays = NOW.minus(Duration.ofDays(20)).toEpochMilli();
        assertThat(share(plan -> plan.last() < firstDays)).isCloseTo(1.0 / 3, within(0.02));
    }

    @Test
    void mostAreDoneAndTheLatestHundredthIsAtWorkOrWasMinutesAgo() {
        assertThat(share(plan -> status(plan) == Status.ERRORED)).isCloseTo(0.08, within(0.01));
        assertThat(share(plan -> status(plan) == Status.DONE)).isCloseTo(0.91, within(0.01));
        assertThat(share(plan -> status(plan) == Status.ACTIVE)).isCloseTo(0.0046, within(0.0004));
        assertThat(share(plan -> status(plan) == Status.IDLE)).isCloseTo(0.0046, within(0.0004));
        for (Failure failure : List.of(Failure.REQUEST, Failure.CALL, Failure.TURN)) {
            assertThat(share(plan -> plan.failure() == failure)).isCloseTo(0.027, within(0.012));
        }
    }

    @Test
    void ofModelsToolsAndTextsSomeAreCommonAndSomeRare() {
        assertThat(share(plan -> plan.models().contains(FleetWords.COMMON_MODEL)))
                .isCloseTo(0.44, within(0.03));
        assertThat(share(plan -> plan.models().contains(FleetWords.RARE_MODEL))).isCloseTo(0.005, within(0.0001));
        assertThat(share(plan -> plan.tools().contains(FleetWords.COMMON_TOOL))).isCloseTo(0.3, within(0.03));
        assertThat(share(plan -> plan.tools().contains(FleetWords.RARE_TOOL))).isCloseTo(0.005, within(0.0001));
        assertThat(share(plan -> has(plan, FleetWords.COMMON_TEXT))).isCloseTo(0.1, within(0.02));
        assertThat(share(plan -> has(plan, FleetWords.RARE_TEXT))).isCloseTo(0.005, within(0.0001));
        assertThat(share(plan -> has(plan, FleetWords.ABSENT_TEXT))).isZero();
        assertThat(PLANS.stream().flatMap(plan -> plan.models().stream()).distinct())
                .hasSize(8);
        assertThat(PLANS.stream().flatMap(plan -> plan.tools().stream()).distinct())
                .hasSize(20);
    }

    private static boolean has(SessionPlan plan, String text) {
        return plan.title().toLowerCase(Locale.ROOT).contains(text);
    }

    @Test
    void titlesAreShownWholeAndHardlyTwoAreTheSame() {
        assertThat(PLANS).extracting(SessionPlan::title).allMatch(title -> title.length() <= 80);
        assertThat(PLANS.stream().map(SessionPlan::title).distinct().count()).isGreaterThan(9_990);
    }

    @Test
    void aFewAgentsHaveManySessions() {
        String busiest = SCRIPT.busiestAgentId();

        assertThat(share(plan -> plan.agentId().equals(busiest))).isCloseTo(0.045, within(0.01));
        assertThat(PLANS.stream().map(SessionPlan::agentId).distinct()).hasSizeGreaterThan(490);
    }

    @Test
    void theSmallestFleetHasAllThatIsRareToo() {
        FleetScript smallest = new FleetScript(new Fleet(Fleet.MIN_SESSIONS, 1, 1, 1), NOW);
        List<SessionPlan> plans = smallest.plans().toList();

        assertThat(plans).anyMatch(plan -> plan.models().contains(FleetWords.RARE_MODEL));
        assertThat(plans).anyMatch(plan -> plan.tools().contains(FleetWords.RARE_TOOL));
        assertThat(plans).anyMatch(plan -> has(plan, FleetWords.RARE_TEXT));
        assertThat(plans.stream().map(FleetScriptTest::status).distinct())
                .containsExactlyInAnyOrder(Status.ACTIVE, Status.IDLE, Status.ERRORED, Status.DONE);
        assertThat(plans)
                .allMatch(plan -> plan.first() > NOW.minus(Duration.ofDays(1)).toEpochMilli());
    }

    @Test
    void theSessionsThatGoOnAreDoneAndNotTheLatestHundredth() {
        List<SessionPlan> some = SCRIPT.goingOn(250).toList();
        assertThat(some)
                .hasSize(250)
                .extracting(SessionPlan::number)
                .startsWith(9_650)
                .endsWith(9_899);
        assertThat(SCRIPT.goingOn(5_000)).hasSize(1_000);
        assertThat(SCRIPT.latestGoingOn()).isEqualTo(some.get(249));
        assertThat(some).noneMatch(plan -> status(plan) == Status.ACTIVE || status(plan) == Status.IDLE);
    }

    @Test
    void refusesAFleetInWhichSomethingWouldBeMissing() {
        assertThatThrownBy(() -> new Fleet(199, 10, 30, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 199 sessions of 10 agents over 30 days with 1 traces");
        assertThatThrownBy(() -> new Fleet(200, 0, 30, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fleet(200, 1, 31, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fleet(200, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fleet(200, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
