/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static dev.muster.benchmarks.queries.Asked.ACCOUNT;
import static dev.muster.benchmarks.queries.Asked.PAGE;

import dev.muster.benchmarks.data.FleetWords;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The questions for pages of sessions: in each order, by each filter, and by some filters together. */
final class SessionLists {

    /** A page far behind the first; of a small fleet it is the last full one. */
    private static final int DEEP_PAGE = 20;

    private final Asked asked;
    private final WantedSessions all = WantedSessions.ALL;
    private final List<Question<?>> questions = new ArrayList<>();

    private SessionLists(Asked asked) {
        this.asked = asked;
    }

    /** Makes the questions; the cursors that some of them need are asked for now. */
    static List<Question<?>> of(Asked asked) {
        SessionLists lists = new SessionLists(asked);
        for (SessionSort sort : SessionSort.values()) {
            lists.addPages(sort);
        }
        lists.addFilters();
        lists.addCombinations();
        return lists.questions;
    }

    /** How an order is called in the report. */
    static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void addPages(SessionSort sort) {
        int deep = Math.min(DEEP_PAGE, asked.script().sessions() / PAGE);
        addPage(sort, 1);
        addPage(sort, 2);
        addPage(sort, deep);
    }

    /** One larger page ends where so many pages before this one would, and at the same cursor. */
    private void addPage(SessionSort sort, int number) {
        int before = (number - 1) * PAGE;
        Optional<String> cursor = before == 0
                ? Optional.empty()
                : read(all, sort, before, Optional.empty()).nextCursor();
        questions.add(new Question<>(
                "sessions by " + spelled(sort) + (number == 1 ? "" : ", page " + number),
                () -> read(all, sort, PAGE, cursor),
                new ListCheck<>(
                        ListOf.sessions(sort),
                        PAGE,
                        () -> asked.script().sessions() - before,
                        Optional.of(asked.census().rank(all, sort, before, before + PAGE)),
                        session -> true,
                        Optional.empty())));
    }

    private void addFilters() {
        add("an agent's sessions", all.agent(asked.script().busiestAgentId()));
        add("active sessions", all.status(Status.ACTIVE));
        add("idle sessions", all.status(Status.IDLE));
        add("errored sessions", all.status(Status.ERRORED));
        add("done sessions", all.status(Status.DONE));
        add("sessions of a common model", all.model(FleetWords.COMMON_MODEL));
        add("sessions of a rare model", all.model(FleetWords.RARE_MODEL));
        add("sessions with a common tool", all.tool(FleetWords.COMMON_TOOL));
        add("sessions with a rare tool", all.tool(FleetWords.RARE_TOOL));
        add("sessions with a common text", all.text(FleetWords.COMMON_TEXT));
        add("sessions with a rare text", all.text(FleetWords.RARE_TEXT));
        add("sessions with an absent text", all.text(FleetWords.ABSENT_TEXT));
    }

    private void addCombinations() {
        String agent = asked.script().busiestAgentId();
        add("errored sessions of a common model", all.status(Status.ERRORED).model(FleetWords.COMMON_MODEL));
        add("an agent's sessions with a common text", all.agent(agent).text(FleetWords.COMMON_TEXT));
        add(
                "sessions of a common model with a common tool, by cost",
                all.model(FleetWords.COMMON_MODEL).tool(FleetWords.COMMON_TOOL),
                SessionSort.COST);
        add("sessions with a common text, by cost", all.text(FleetWords.COMMON_TEXT), SessionSort.COST);
    }

    private void add(String name, WantedSessions wanted) {
        add(name, wanted, SessionSort.LAST_ACTIVITY);
    }

    private void add(String name, WantedSessions wanted, SessionSort sort) {
        long now = asked.now().toEpochMilli();
        Function<String, Page<SessionView>> next = cursor -> read(wanted, sort, PAGE, Optional.of(cursor));
        questions.add(new Question<>(
                name,
                () -> read(wanted, sort, PAGE, Optional.empty()),
                new ListCheck<>(
                        ListOf.sessions(sort),
                        PAGE,
                        asked.census().count(plan -> wanted.fits(plan, now)),
                        Optional.of(asked.census().rank(wanted, sort, 0, PAGE)),
                        wanted::fits,
                        sort == SessionSort.LAST_ACTIVITY ? Optional.of(next) : Optional.empty())));
    }

    private Page<SessionView> read(WantedSessions wanted, SessionSort sort, int limit, Optional<String> cursor) {
        return asked.account().sessions(ACCOUNT, wanted.filter(), sort, limit, cursor);
    }
}
