/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.KnownAgent;
import dev.muster.streams.model.KnownAgent.Span;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.Spend;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.StoreKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Tells of an account's agents: of those that have a session or an event within retention, or had one before. */
final class AgentReads {

    private static final int CALENDAR_DAYS = 30;

    private final Partitions partitions;
    private final AgentControls controls;
    private final InstantSource clock;
    private final ZoneId zone;
    private final DayReads days;
    private final Recent recent;

    /** What an agent did last, from where that is told. */
    interface Recent {

        /** Its latest sessions, at most 10. */
        List<SessionView> sessions(String account, String agentId);

        /** Its latest failed events, at most 10. */
        List<AuditEntry.Fact> errors(String account, String agentId);
    }

    /**
     * Reads agents.
     *
     * @param zone where a day begins
     */
    AgentReads(Partitions partitions, AgentControls controls, InstantSource clock, ZoneId zone, Recent recent) {
        this.partitions = partitions;
        this.controls = controls;
        this.clock = clock;
        this.zone = zone;
        this.recent = recent;
        days = new DayReads(partitions);
    }

    /** An agent, when it was seen, and how many sessions it has. */
    private record Seen(String id, Span span, long sessions) {

        static final Comparator<Seen> ORDER = Comparator.comparingLong((Seen agent) -> agent.span.last())
                .reversed()
                .thenComparing(Seen::id);

        boolean isBehind(Cursor cursor) {
            return span.last() < cursor.number() || (span.last() == cursor.number() && id.compareTo(cursor.text()) > 0);
        }
    }

    Page<AgentView> page(String account, boolean deleted, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.AGENTS, cursor);
        Predicate<String> wanted = id -> deleted || !controls.of(account, id).isDeleted();
        DayReads.Found found = days.days(account, key -> wanted.test(key.agentId()));
        KnownAgents known = new KnownAgents(partitions, controls, account, found.unwritten());
        List<Seen> best = seen(account, found, known, wanted).stream()
                .filter(agent -> after.map(agent::isBehind).orElse(true))
                .sorted(Seen.ORDER)
                .limit(limit + 1L)
                .toList();
        Optional<String> next = Optional.empty();
        if (best.size() > limit) {
            best = best.subList(0, limit);
            Seen last = best.get(limit - 1);
            next = Optional.of(new Cursor(Cursor.AGENTS, last.span.last(), last.id).encoded());
        }
        return new Page<>(best.stream().map(agent -> view(agent, known)).toList(), next);
    }

    private List<Seen> seen(String account, DayReads.Found found, KnownAgents known, Predicate<String> wanted) {
        Map<String, Span> spans = new HashMap<>();
        Map<String, Long> sessions = new HashMap<>();
        found.days().forEach((key, day) -> {
            AgentDay.Latest latest = day.latest();
            if (latest != null) {
                spans.merge(key.agentId(), new Span(day.start(), latest.lastActivity()), Span::with);
                sessions.merge(key.agentId(), day.sessions(), Long::sum);
            }
        });
        found.unwritten().forEach(session -> spans.merge(session.agentId(), Span.of(session), Span::with));
        outsideOfSessions(account).forEach(events -> spans.merge(events.agentId(), Span.of(events), Span::with));
        known.all().forEach((id, agent) -> {
            if (agent.gone() != null) {
                spans.merge(id, agent.gone(), Span::with);
            }
        });
        return spans.entrySet().stream()
                .filter(agent -> wanted.test(agent.getKey()))
                .map(agent -> new Seen(agent.getKey(), agent.getValue(), sessions.getOrDefault(agent.getKey(), 0L)))
                .toList();
    }

    /** What is written of the agents' events that belong to no session. */
    private List<SessionFigures> outsideOfSessions(String account) {
        List<SessionFigures> found = new ArrayList<>();
        Bytes all = StoreKeys.outsideOfSessions(account);
        for (int partition = 0; partition < partitions.count(); partition++) {
            try (KeyValueIterator<Bytes, byte[]> rows =
                    partitions.at(partition).sessions().range(all, StoreKeys.behind(all))) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    if (StoreKeys.isOutsideOfSessions(account, row.key)) {
                        found.add(SessionFigures.read(row.value));
                    }
                }
            }
        }
        return found;
    }

    private AgentView view(Seen agent, KnownAgents known) {
        AgentControl control = known.control(agent.id);
        Optional<KnownAgent> told = Optional.ofNullable(known.all().get(agent.id));
        return new AgentView(
                agent.id,
                known.name(agent.id),
                told.map(KnownAgent::label).orElse(agent.id),
                told.flatMap(it -> Optional.ofNullable(it.framework())),
                Instant.ofEpochMilli(agent.span.first()),
                Instant.ofEpochMilli(agent.span.last()),
                control.pause(),
                control.deletedAt(),
                agent.sessions);
    }

    Optional<AgentProfile> profile(String account, String agentId) {
        DayReads.Found found = days.days(account, key -> key.agentId().equals(agentId));
        KnownAgents known = new KnownAgents(partitions, controls, account, found.unwritten());
        return seen(account, found, known, agentId::equals).stream()
                .findFirst()
                .map(agent -> profile(account, view(agent, known), found));
    }

    private AgentProfile profile(String account, AgentView agent, DayReads.Found found) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        List<DayActivity> calendar = new ArrayList<>();
        AgentDay sum = new AgentDay();
        for (int ago = 0; ago < CALENDAR_DAYS; ago++) {
            LocalDate date = today.minusDays(ago);
            AgentDay day = found.days()
                    .get(new DayKey(account, date.toEpochDay(), agent.id()))
                    .orElseGet(AgentDay::new);
            calendar.add(activity(date, day));
            sum.add(day);
        }
        return new AgentProfile(
                agent,
                calendar,
                Views.figures(sum.group(), sum.errors(), false, clock.millis()),
                recent.sessions(account, agent.id()),
                recent.errors(account, agent.id()));
    }

    private static DayActivity activity(LocalDate date, AgentDay day) {
        Spend spend = new Spend();
        day.spend().forEach(share -> spend.add(share.spend()));
        return new DayActivity(
                date,
                day.activeSessions(),
                day.activity().events(),
                day.activity().toolCalls(),
                day.activityErrors(),
                spend.tokens(),
                Views.costUsd(spend),
                spend.unpricedTokens());
    }
}
