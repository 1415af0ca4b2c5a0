/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static dev.muster.benchmarks.queries.Asked.ACCOUNT;
import static dev.muster.benchmarks.queries.Asked.PAGE;

import dev.muster.benchmarks.data.FleetWords;
import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.benchmarks.data.SessionPlan.Failure;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The questions for the audit log. */
final class AuditQuestions {

    /** Stands in what every tool call is given. */
    private static final String DETAIL = ".java";

    private static final ListOf<AuditEntry> ENTRIES = new ListOf<>(
            entry -> event(entry).getSessionId() + "/" + event(entry).getId(),
            entry -> entry.at().toEpochMilli(),
            AuditEntry::at);

    private final Asked asked;
    private final List<Question<?>> questions = new ArrayList<>();

    private AuditQuestions(Asked asked) {
        this.asked = asked;
    }

    static List<Question<?>> of(Asked asked) {
        AuditQuestions all = new AuditQuestions(asked);
        all.addWhole();
        all.addFiltered();
        all.addOfSession();
        return all.questions;
    }

    /** Nobody commands a fleet, so every entry is an event. */
    private static HookEvent event(AuditEntry entry) {
        if (entry instanceof AuditEntry.Fact fact) {
            return fact.event().event();
        }
        throw new WrongAnswerException("an entry that is no event: " + entry);
    }

    private void addWhole() {
        questions.add(new Question<>(
                "audit log",
                () -> read(AuditFilter.ALL, Optional.empty()),
                ListCheck.whole(ENTRIES, PAGE, asked.census().sum(SessionPlan::events), entry -> true)));
    }

    private void addFiltered() {
        String tool = FleetWords.RARE_TOOL;
        LongSupplier ofTool = asked.census().sum(plan -> plan.tools().contains(tool) ? 2 * plan.calls() : 0);
        add(
                "audit log, errors",
                filter(
                        Optional.empty(),
                        Optional.of(EntryType.ERROR),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                asked.census().count(plan -> plan.failure() == Failure.TURN),
                event -> event.getType() == EventType.ERROR);
        add(
                "audit log, what failed",
                filter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(EntryOutcome.FAILED),
                        Optional.empty(),
                        Optional.empty()),
                asked.census().count(SessionPlan::hasFailed),
                event -> event.getOutcome() == Outcome.FAILED);
        add(
                "audit log, a rare tool",
                filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(tool), Optional.empty()),
                ofTool,
                event -> tool.equals(event.getToolName()));
        add(
                "audit log, a rare tool and a text",
                filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(tool), Optional.of(DETAIL)),
                ofTool,
                event -> tool.equals(event.getToolName())
                        && String.valueOf(event.getToolDetail()).contains(DETAIL));
    }

    private void addOfSession() {
        SessionPlan plan = asked.script().latestGoingOn();
        add(
                "audit log of a session",
                filter(Optional.of(plan.id()), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                plan::events,
                event -> plan.id().equals(event.getSessionId()));
    }

    private static AuditFilter filter(
            Optional<String> sessionId,
            Optional<EntryType> type,
            Optional<EntryOutcome> outcome,
            Optional<String> tool,
            Optional<String> text) {
        return new AuditFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), sessionId, type, outcome, tool, text);
    }

    private void add(String name, AuditFilter filter, LongSupplier expected, Predicate<HookEvent> fits) {
        questions.add(new Question<>(
                name,
                () -> read(filter, Optional.empty()),
                ListCheck.filtered(
                        ENTRIES,
                        PAGE,
                        expected,
                        entry -> fits.test(event(entry)),
                        cursor -> read(filter, Optional.of(cursor)))));
    }

    private Page<AuditEntry> read(AuditFilter filter, Optional<String> cursor) {
        return asked.account().audit(ACCOUNT, filter, PAGE, cursor);
    }
}
