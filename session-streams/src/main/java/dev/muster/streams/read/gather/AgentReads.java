/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.Spend;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.DayActivity;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.page.TopRows;
import dev.muster.streams.read.shard.AgentDate;
import dev.muster.streams.read.shard.AgentHit;
import dev.muster.streams.read.shard.AgentHits;
import dev.muster.streams.read.shard.AgentQuery;
import dev.muster.streams.read.shard.DayQuery;
import dev.muster.streams.read.shard.PackedDays;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells of an account's agents: of those that have a session or an event within retention, or had one before. What is
 * known of them and when they were seen is asked of the shards; their names, pauses and deletions are from {@link AgentControls}.
 */
final class AgentReads {

    private static final int CALENDAR_DAYS = 30;

    private final Shards shards;
    private final AgentControls controls;
    private final InstantSource clock;
    private final AccountZones zones;
    private final RecentActivity recent;

    /**
     * Reads agents.
     *
     * @param zones where a day begins for an account
     */
    AgentReads(Shards shards, AgentControls controls, InstantSource clock, AccountZones zones, RecentActivity recent) {
        this.shards = shards;
        this.controls = controls;
        this.clock = clock;
        this.zones = zones;
        this.recent = recent;
    }

    /** An agent that was seen. */
    private record Seen(String id, AgentHit agent, AgentRecord.Span span) implements Positioned {

        static Optional<Seen> of(String id, AgentHit agent) {
            return agent.seen().map(span -> new Seen(id, agent, span));
        }

        @Override
        public Position position() {
            return new Position(span.last(), id);
        }
    }

    Page<AgentView> page(String account, boolean withDeleted, int limit, Optional<String> cursor) {
        TopRows<Seen> top = new TopRows<>(ListOrder.DESCENDING, PageToken.AGENTS.decode(cursor), limit);
        agents(account, Optional.empty(), withDeleted)
                .agents()
                .forEach((id, agent) -> Seen.of(id, agent).ifPresent(top::add));
        return new Pager<Seen, AgentView>(PageToken.AGENTS, ListOrder.DESCENDING, agent -> view(account, agent))
                .page(top.cut());
    }

    private AgentHits agents(String account, Optional<String> agentId, boolean withDeleted) {
        return shards.agents(shard -> shard.agents(new AgentQuery(account, agentId, withDeleted, true)));
    }

    private AgentView view(String account, Seen agent) {
        AgentControl control = controls.of(account, agent.id);
        Optional<AgentRecord> known = agent.agent.known();
        return new AgentView(
                agent.id,
                agent.agent.name(agent.id, control),
                known.map(AgentRecord::label).orElse(agent.id),
                known.flatMap(it -> Optional.ofNullable(it.framework())),
                Instant.ofEpochMilli(agent.span.first()),
                Instant.ofEpochMilli(agent.span.last()),
                control.pause(),
                control.deletedAt(),
                agent.agent.sessions());
    }

    Optional<AgentProfile> profile(String account, String agentId) {
        AgentHits found = agents(account, Optional.of(agentId), true);
        return Optional.ofNullable(found.agents().get(agentId))
                .flatMap(agent -> Seen.of(agentId, agent))
                .map(agent -> profile(account, view(account, agent)));
    }

    private AgentProfile profile(String account, AgentView agent) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zones.of(account));
        Set<AgentDate> dates = IntStream.range(0, CALENDAR_DAYS)
                .mapToObj(ago -> new AgentDate(agent.id(), today.minusDays(ago).toEpochDay()))
                .collect(Collectors.toSet());
        PackedDays days =
                shards.days(shard -> shard.days(new DayQuery(account, dates))).days();
        List<DayActivity> calendar = new ArrayList<>();
        AgentDay sum = new AgentDay();
        for (int ago = 0; ago < CALENDAR_DAYS; ago++) {
            LocalDate date = today.minusDays(ago);
            AgentDay day =
                    days.get(new AgentDate(agent.id(), date.toEpochDay())).orElseGet(AgentDay::new);
            calendar.add(activity(date, day));
            sum.add(day);
        }
        return new AgentProfile(
                agent,
                calendar,
                ViewMapper.sums(sum.group(), sum.errors(), clock.millis()),
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
                ViewMapper.costUsd(spend),
                spend.unpricedTokens());
    }
}
