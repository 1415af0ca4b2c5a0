/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static dev.muster.benchmarks.queries.Asked.ACCOUNT;
import static dev.muster.benchmarks.queries.Asked.PAGE;

import dev.muster.benchmarks.data.FleetWords;
import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The questions for what is summed or gathered over sessions: day groups, spend, agents and traces. */
final class AccountQuestions {

    private static final int WEEK_BEFORE = 6;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    /** More days than there have been. */
    private static final long MAX_DAYS = 1_000_000;

    private static final ListOf<AgentView> AGENTS =
            new ListOf<>(AgentView::id, agent -> agent.lastSeenAt().toEpochMilli(), AgentView::lastSeenAt);

    private static final ListOf<SessionTraceView> TRACES = new ListOf<>(
            trace -> trace.session() + "/" + trace.trace().id(),
            trace -> trace.trace().startedAt().toEpochMilli(),
            trace -> trace.trace().endedAt());

    private final Asked asked;
    private final List<Question<?>> questions = new ArrayList<>();

    private AccountQuestions(Asked asked) {
        this.asked = asked;
    }

    /** Makes the questions; an id that one of them needs is asked for now. */
    static List<Question<?>> of(Asked asked) {
        AccountQuestions all = new AccountQuestions(asked);
        all.addDayGroups();
        all.addSpend();
        all.addAgents();
        all.addTraces();
        return all.questions;
    }

    private void addDayGroups() {
        LongSupplier groups = groups(plan -> true);
        for (SessionSort sort : SessionSort.values()) {
            addDayGroups("day groups by " + SessionLists.spelled(sort), SessionFilter.ALL, sort, groups, group -> true);
        }
        addDayGroups(
                "day groups of errored sessions",
                WantedSessions.ALL.status(Status.ERRORED).filter(),
                SessionSort.LAST_ACTIVITY,
                groups(SessionPlan::hasFailed),
                group -> group.erroredSessions() == group.sessions());
    }

    /** How many agents began sessions that are so, by days. */
    private LongSupplier groups(Predicate<SessionPlan> of) {
        return asked.census().distinct(of, plan -> plan.agent() * MAX_DAYS + Math.floorDiv(plan.first(), DAY_MS));
    }

    private void addDayGroups(
            String name, SessionFilter filter, SessionSort sort, LongSupplier expected, Predicate<DayGroupView> fits) {
        questions.add(new Question<>(
                name,
                () -> asked.account().dayGroups(ACCOUNT, filter, sort, PAGE, Optional.empty()),
                ListCheck.whole(ListOf.dayGroups(sort), PAGE, expected, fits)));
    }

    private void addSpend() {
        LongSupplier requests = asked.census().sum(SessionPlan::requests);
        LocalDate from = LocalDate.ofInstant(asked.now(), ZoneOffset.UTC).minusDays(WEEK_BEFORE);
        addSpend(
                "spend",
                new SpendFilter(Optional.empty(), Optional.empty()),
                spend -> spend.total().requests() == requests.getAsLong());
        addSpend(
                "spend of the last 7 days",
                new SpendFilter(Optional.of(from), Optional.empty()),
                spend -> spend.byDay().stream()
                                .noneMatch(day -> LocalDate.parse(day.key()).isBefore(from))
                        && spend.total().requests() <= requests.getAsLong());
    }

    private void addSpend(String name, SpendFilter filter, Predicate<SpendView> fitsAtRest) {
        questions.add(new Question<>(name, () -> asked.account().spend(ACCOUNT, filter), (spend, moment) -> {
            List<OptionalDouble> costs =
                    spend.byAgent().stream().map(SpendView.Row::costUsd).toList();
            WrongAnswerException.unless(
                    costs.equals(costs.stream()
                            .sorted((one, other) -> Double.compare(other.orElse(0), one.orElse(0)))
                            .toList()),
                    () -> "agents are out of order");
            WrongAnswerException.unless(!costs.isEmpty(), () -> "no agent has spent anything");
            WrongAnswerException.unless(
                    Stream.of(spend.byAgent(), spend.byModel(), spend.byDay())
                            .allMatch(rows -> requests(rows) == spend.total().requests()),
                    () -> "agents, models or days do not add up to the total");
            WrongAnswerException.unless(
                    !moment.isAtRest() || fitsAtRest.test(spend), () -> "the total is wrong: " + spend.total());
            return costs.size();
        }));
    }

    private static long requests(List<SpendView.Row> rows) {
        return rows.stream().mapToLong(SpendView.Row::requests).sum();
    }

    private void addAgents() {
        String busiest = asked.script().busiestAgentId();
        questions.add(new Question<>(
                "agents",
                () -> asked.account().agents(ACCOUNT, false, PAGE, Optional.empty()),
                ListCheck.whole(
                        AGENTS, PAGE, asked.census().distinct(plan -> true, plan -> plan.agent()), agent -> true)));
        LongSupplier sessions = asked.census().count(plan -> plan.agentId().equals(busiest));
        questions.add(new Question<>(
                "an agent's profile", () -> asked.account().agent(ACCOUNT, busiest), (answer, moment) -> {
                    AgentProfile profile = answer.orElseThrow(() -> new WrongAnswerException("there is no such agent"));
                    WrongAnswerException.unless(
                            profile.agent().id().equals(busiest)
                                    && profile.agent().sessions() == sessions.getAsLong(),
                            () -> "an agent of " + sessions.getAsLong() + " sessions is expected: " + profile.agent());
                    WrongAnswerException.unless(
                            profile.recentSessions().stream().allMatch(WantedSessions.ALL.agent(busiest)::fits),
                            () -> "another agent's sessions: " + profile.recentSessions());
                    return profile.recentSessions().size();
                }));
    }

    private void addTraces() {
        String rare = FleetWords.RARE_TEXT;
        questions.add(new Question<>(
                "traces",
                () -> traces(Optional.empty(), Optional.empty()),
                ListCheck.whole(TRACES, PAGE, asked.census().sum(SessionPlan::turns), trace -> true)));
        questions.add(new Question<>(
                "traces with a rare text",
                () -> traces(Optional.of(rare), Optional.empty()),
                ListCheck.filtered(
                        TRACES,
                        PAGE,
                        asked.census().count(plan -> WantedSessions.contains(plan.title(), rare)),
                        trace -> WantedSessions.contains(trace.trace().prompt().orElse(""), rare),
                        cursor -> traces(Optional.of(rare), Optional.of(cursor)))));
        String session = asked.script().plan(asked.script().sessions() / 2).id();
        String trace = asked.session()
                .traces(ACCOUNT, session, 1, Optional.empty())
                .orElseThrow()
                .items()
                .get(0)
                .id();
        questions.add(new Question<>(
                "a trace by its id", () -> asked.account().trace(ACCOUNT, trace), (answer, moment) -> {
                    SessionTraceView found =
                            answer.orElseThrow(() -> new WrongAnswerException("there is no such trace"));
                    WrongAnswerException.unless(
                            found.session().equals(session)
                                    && found.trace().id().equals(trace),
                            () -> "another trace: " + found);
                    return 1;
                }));
    }

    private Page<SessionTraceView> traces(Optional<String> text, Optional<String> cursor) {
        TraceFilter filter = new TraceFilter(Optional.empty(), Optional.empty(), text);
        return asked.account().traces(ACCOUNT, filter, PAGE, cursor);
    }
}
