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
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The questions for what is summed or gathered over sessions: day groups, spend, agents and traces. */
final class AccountQuestions {

    private static final int WEEK_BEFORE = 6;

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
        for (SessionSort sort : SessionSort.values()) {
            all.addDayGroups("day groups by " + SessionLists.spelled(sort), WantedSessions.ALL, sort);
        }
        all.addDayGroups(
                "day groups of errored sessions", WantedSessions.ALL.status(Status.ERRORED), SessionSort.LAST_ACTIVITY);
        all.addSpend();
        all.addAgents();
        all.addTraces();
        return all.questions;
    }

    /** Of many sessions that fit a filter the latest are looked at, so of these there may be fewer groups. */
    private void addDayGroups(String name, WantedSessions wanted, SessionSort sort) {
        long now = asked.now().toEpochMilli();
        LongSupplier expected = asked.census()
                .distinct(plan -> wanted.fits(plan, now), plan -> date(plan.first()) + "/" + plan.agent());
        boolean errored = wanted.filter().status().isPresent();
        questions.add(new Question<>(
                name,
                () -> asked.account().dayGroups(ACCOUNT, wanted.filter(), sort, PAGE, Optional.empty()),
                new ListCheck<>(
                        ListOf.dayGroups(sort),
                        PAGE,
                        expected,
                        group -> !errored || group.erroredSessions() == group.sessions(),
                        Optional.empty())));
    }

    private static LocalDate date(long millis) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L));
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
                    !moment.isAtRest() || fitsAtRest.test(spend), () -> "the total is wrong: " + spend.total());
            return costs.size();
        }));
    }

    private void addAgents() {
        String busiest = asked.script().busiestAgentId();
        questions.add(new Question<>(
                "agents",
                () -> asked.account().agents(ACCOUNT, false, PAGE, Optional.empty()),
                new ListCheck<>(
                        AGENTS,
                        PAGE,
                        asked.census().distinct(plan -> true, SessionPlan::agent),
                        agent -> true,
                        Optional.empty())));
        LongSupplier sessions = asked.census().count(plan -> plan.agentId().equals(busiest));
        questions.add(new Question<>(
                "an agent's profile", () -> asked.account().agent(ACCOUNT, busiest), (answer, moment) -> {
                    AgentProfile profile = answer.orElseThrow(() -> new WrongAnswerException("there is no such agent"));
                    WrongAnswerException.unless(
                            profile.agent().id().equals(busiest)
                                    && profile.agent().sessions() == sessions.getAsLong(),
                            () -> "an agent of " + sessions.getAsLong() + " sessions is expected: " + profile.agent());
                    return profile.recentSessions().size();
                }));
    }

    private void addTraces() {
        String rare = FleetWords.RARE_TEXT;
        addTraces("traces", Optional.empty(), asked.census().sum(SessionPlan::turns));
        addTraces(
                "traces with a rare text",
                Optional.of(rare),
                asked.census().count(plan -> WantedSessions.contains(plan.title(), rare)));
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

    private void addTraces(String name, Optional<String> text, LongSupplier expected) {
        TraceFilter filter = new TraceFilter(Optional.empty(), Optional.empty(), text);
        Function<Optional<String>, Page<SessionTraceView>> read =
                cursor -> asked.account().traces(ACCOUNT, filter, PAGE, cursor);
        questions.add(new Question<>(
                name,
                () -> read.apply(Optional.empty()),
                new ListCheck<>(
                        TRACES,
                        PAGE,
                        expected,
                        trace -> text.map(it -> WantedSessions.contains(
                                        trace.trace().prompt().orElse(""), it))
                                .orElse(true),
                        text.map(it -> cursor -> read.apply(Optional.of(cursor))))));
    }
}
