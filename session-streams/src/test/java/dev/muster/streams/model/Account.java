/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.price.Cost;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What a session comes to, as text: two sessions are equal when their accounts are. */
final class Account {

    static final Pricing PRICING = (model, tokens, speed, time) -> "free".equals(model)
            ? new Cost(0, tokens.total())
            : new Cost(
                    tokens.input() * 3 + tokens.output() * 15 + (time > Told.START + 3_600_000 ? tokens.total() : 0),
                    0);

    /** Where midnight lies among the times that tests tell, at half an hour; of this account alone. */
    static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    static final SessionRules RULES =
            new SessionRules(PRICING, new AccountZones(ZoneOffset.UTC, Map.of("local", ZONE)), Duration.ofHours(3));

    private final MemoryRows rows = new MemoryRows();
    private final StateOutput out = new StateOutput();
    private final RowLimits limits;
    private String id = "s1";
    private DayBook days = new DayBook();
    private Session session;

    Account() {
        this(RowLimits.USUAL);
    }

    Account(RowLimits limits) {
        this.limits = limits;
        session = open();
    }

    /** The same with another id, before anything is told. */
    Account named(String other) {
        id = other;
        session = open();
        return this;
    }

    /** Gives its shares to a partition's days. */
    Account in(DayBook book) {
        days = book;
        return this;
    }

    private Session open() {
        return Session.open("local", id, rows, RULES, limits);
    }

    Session.Change tell(HookEvent event) {
        return session.apply(FactBodies.look(FactBodies.write(event)), event.getReceivedAt());
    }

    Account tellAll(Collection<HookEvent> events) {
        events.forEach(this::tell);
        return this;
    }

    void write() {
        if (session.isDirty()) {
            Optional<DayContribution> before = session.writtenContribution();
            session.write(out);
            // As a row that was written stays, whatever becomes of the session.
            days.change(before, session.contribution().map(share -> DayContribution.of(figures())));
            session.markClean();
        }
    }

    /** Tells them, and has the session written, opened from its rows or looked at in between. */
    Account tellAll(Collection<HookEvent> events, Random random) {
        for (HookEvent event : events) {
            tell(event);
            switch (random.nextInt(8)) {
                case 0 -> reopen();
                case 1, 2 -> write();
                case 3 -> figures();
                default -> {}
            }
        }
        return this;
    }

    /** With little in each row, so that facts and traces move between rows all the time. */
    static Account ofSmallRows(Random random) {
        return new Account(new RowLimits(
                2 + random.nextInt(12),
                random.nextInt(12),
                300 + random.nextInt(1_000),
                random.nextInt(4),
                300 + random.nextInt(400),
                1 + random.nextInt(5)));
    }

    /** Writes everything and opens the session from its rows. */
    void reopen() {
        write();
        session = open();
    }

    MemoryRows rows() {
        return rows;
    }

    Session session() {
        return session;
    }

    SessionAggregate figures() {
        return SessionAggregate.read(session.copy(out).row());
    }

    Map<String, TraceAggregate> traces() {
        write();
        return rows.allTraces();
    }

    /** Every stored fact, in order. */
    List<StoredFact> facts() {
        List<StoredFact> facts = new ArrayList<>();
        rows.allChunks().forEach((fence, value) -> facts.addAll(StoredFact.read(fence, value)));
        return facts;
    }

    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        SessionAggregate all = figures();
        lines.put("bounds", all.first() + " " + all.last() + " " + all.activeMs() + " " + all.windows());
        lines.put(
                "counts",
                all.traces() + " " + all.errors() + " " + all.figures().failedTurns());
        lines.put("failures", all.unacknowledged() + " " + all.acknowledgedAt() + " " + all.isWaiting());
        Surroundings surroundings = all.surroundings();
        for (Dimension dimension : Dimension.values()) {
            lines.put("at " + dimension, String.valueOf(surroundings.at(dimension)));
        }
        lines.put(
                "surroundings",
                surroundings.askedFor() + " " + surroundings.background() + " " + surroundings.activeUntil() + " "
                        + surroundings.contextTokens() + " " + surroundings.contextModel() + " "
                        + surroundings.compactions());
        lines.put("framework", String.valueOf(all.framework()));
        all.days().forEach((day, figures) -> lines.put("day " + day, text(figures)));
        lines.put("title", String.valueOf(all.title()));
        lines.put("agent", all.agentId() + " " + all.label());
        lines.put("figures", text(all.figures()));
        for (SubagentFigures subagent : all.subagents()) {
            lines.put(
                    "subagent " + subagent.id(),
                    subagent.type() + " " + subagent.trace() + " " + subagent.toolCalls() + " "
                            + subagent.reports() + " " + subagent.reportedPicoUsd() + " "
                            + subagent.spend().tokens() + subagent.spend().picoUsd());
        }
        new TreeMap<>(traces()).forEach((id, trace) -> lines.put("trace " + id, line(trace)));
        return lines;
    }

    /** What a reader of the session as it stands sees: its copy laid over the rows, with nothing written for it. */
    Map<String, String> shown() {
        SessionRow row = SessionRow.read(session.copy(out).row());
        Map<String, String> shown =
                new TreeMap<>(Map.of("session", text(row.figures().figures())));
        rows.tracesOver(row.overlay()).forEach((id, trace) -> shown.put("trace " + id, line(trace)));
        rows.chunksOver(row.overlay())
                .forEach((fence, value) -> StoredFact.read(fence, value)
                        .forEach(fact -> shown.put("fact " + fact.place(), fact.trace() + " " + fact.event())));
        return shown;
    }

    private static String line(TraceAggregate trace) {
        return trace.start() + " " + trace.end() + " " + trace.prompt() + " " + trace.errors() + " "
                + text(trace.figures());
    }

    static String text(Figures f) {
        StringBuilder text = new StringBuilder();
        text.append(f.events()).append(' ').append(f.toolCalls()).append(' ').append(f.failedFacts());
        text.append(' ')
                .append(f.denials())
                .append(' ')
                .append(f.interrupts())
                .append(' ')
                .append(f.transactions());
        text.append(' ').append(f.failedTurns()).append(' ').append(f.telemetryRequests());
        text.append(' ').append(f.reports()).append(' ').append(f.reportedPicoUsd());
        for (long clock = Told.START; clock < Told.START + 18_000_000; clock += 500_000) {
            text.append(' ').append(f.openStartsBy(clock));
        }
        for (boolean editor : new boolean[] {false, true}) {
            Spend spend = f.spend(editor);
            text.append(' ')
                    .append(spend.tokens())
                    .append(spend.picoUsd())
                    .append(' ')
                    .append(spend.unpricedTokens());
        }
        for (LatencySketch sketch : new LatencySketch[] {f.latencyAll(), f.latencyTools(), f.latencyModels()}) {
            text.append(' ').append(sketch.count());
            for (int percent : new int[] {1, 25, 50, 95, 100}) {
                text.append(' ').append(sketch.count() == 0 ? "-" : sketch.percentile(percent));
            }
        }
        f.tools().forEach(row -> text.append(' ').append(row.name()).append(java.util.Arrays.toString(row.counters())));
        text.append(NaiveFigures.models(f.models(false), f.models(true)));
        return text.toString();
    }

    static String text(DayFigures day) {
        DayFigures with = new DayFigures();
        with.addResolved(day, true, 1);
        return day.events() + " " + day.toolCalls() + " " + day.failedFacts()
                + NaiveFigures.models(day.models(), with.models());
    }
}
