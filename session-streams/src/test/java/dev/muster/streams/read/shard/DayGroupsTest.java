/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.DayActivity;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.StatusRule;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Day groups page by page, by any filter and in any order, are what their sessions are; so are agents and spend. */
class DayGroupsTest {

    private static final String RENAMED = id("agent-0");
    private static final String DELETED = id("agent-1");

    private ToldDays told = new ToldDays();

    private static String id(String label) {
        return AgentId.of(DayFleet.ACCOUNT, label);
    }

    private DayFleet fleet(Random random) {
        told = new ToldDays();
        DayFleet fleet = new DayFleet(1 + random.nextInt(3), Duration.ZERO);
        command(fleet, RENAMED, AgentCommandKind.RENAME, "The Builder");
        command(fleet, RENAMED, AgentCommandKind.PAUSE, null);
        if (random.nextBoolean()) {
            command(fleet, DELETED, AgentCommandKind.DELETE, null);
        }
        int sessions = 1 + random.nextInt(25);
        for (int i = random.nextInt(300); i >= 0; i--) {
            fleet.tell(told.event("s" + random.nextInt(sessions), fleet.clock, random));
            PartitionTask task = fleet.tasks.get(random.nextInt(fleet.tasks.size()));
            switch (random.nextInt(20)) {
                case 0 -> task.commit();
                case 1 -> task.evict(0);
                default -> {}
            }
        }
        return fleet;
    }

    private static void command(DayFleet fleet, String agent, AgentCommandKind kind, @Nullable String name) {
        fleet.controls.add(AgentCommand.newBuilder()
                .setAccount(DayFleet.ACCOUNT)
                .setAgentId(agent)
                .setKind(kind)
                .setName(name)
                .setBy("somebody")
                .setAt(Sessions.T)
                .build());
    }

    private static boolean isDeleted(DayFleet fleet, String agent) {
        return fleet.controls.of(DayFleet.ACCOUNT, agent).isDeleted();
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> Optional<T> perhaps(Random random, T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }

    @Property(tries = 100)
    void groups(@ForAll Random random) {
        DayFleet fleet = fleet(random);
        SessionFilter filter = new SessionFilter(
                perhaps(random, Instant.ofEpochMilli(fleet.clock - random.nextInt(100_000_000))),
                perhaps(random, id("agent-" + random.nextInt(3))),
                perhaps(random, oneOf(List.of(Status.values()), random)),
                perhaps(random, "no-such-model"),
                perhaps(random, "tool-1"),
                Optional.empty());
        SessionSort sort = oneOf(List.of(SessionSort.values()), random);
        int limit = 1 + random.nextInt(6);

        assertThat(walk(cursor -> fleet.accounts.dayGroups(DayFleet.ACCOUNT, filter, sort, limit, cursor)))
                .as("%s by %s", filter, sort)
                .isEqualTo(expected(fleet, filter, sort));
    }

    private static <T> List<T> walk(Function<Optional<String>, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = pages.apply(cursor);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return all;
    }

    /** By looking at each session alone; a group that is only filtered by what all of it has is shown whole. */
    private List<DayGroupView> expected(DayFleet fleet, SessionFilter filter, SessionSort sort) {
        boolean isOfSessions = filter.status().isPresent()
                || filter.model().isPresent()
                || filter.tool().isPresent();
        SessionMatcher wish = new SessionMatcher(
                DayFleet.ACCOUNT, isOfSessions ? filter : SessionFilter.ALL, fleet.controls, fleet.clock);
        Map<DayKey, AgentDay> groups = new HashMap<>();
        for (String id : told.sessions()) {
            fleet.session(id)
                    .filter(wish::fits)
                    .map(DayContribution::of)
                    .ifPresent(share -> groups.computeIfAbsent(
                                    new DayKey(share.account(), share.startDay(), share.agentId()),
                                    first -> new AgentDay())
                            .add(share, share.startDay()));
        }
        return groups.entrySet().stream()
                .map(group -> view(fleet, group.getKey(), group.getValue()))
                .filter(group -> filter.since()
                        .map(since -> !group.lastEventAt().isBefore(since))
                        .orElse(true))
                .filter(group -> filter.agentId().map(group.agentId()::equals).orElse(true))
                .sorted(comparingLong(value(sort))
                        .reversed()
                        .thenComparing(DayGroupView::day)
                        .thenComparing(DayGroupView::agentId))
                .toList();
    }

    private static DayGroupView view(DayFleet fleet, DayKey key, AgentDay group) {
        AgentDay.Latest latest = Objects.requireNonNull(group.latest());
        SessionAggregate session = fleet.session(latest.sessionId()).orElseThrow();
        boolean isRenamed = key.agentId().equals(RENAMED);
        return new DayGroupView(
                key.agentId(),
                isRenamed ? "The Builder" : session.label(),
                LocalDate.ofEpochDay(key.day()),
                StatusRule.of(isRenamed, group.errored() > 0, latest.lastActivity(), 0, fleet.clock),
                group.sessions(),
                group.errored(),
                session.id(),
                Optional.ofNullable(session.title()),
                Instant.ofEpochMilli(group.start()),
                Instant.ofEpochMilli(latest.lastActivity()),
                Duration.ofMillis(group.durationMs()),
                Duration.ofMillis(group.activeMs()),
                group.traces(),
                ViewMapper.sums(group.group(), group.errors(), fleet.clock));
    }

    private static ToLongFunction<DayGroupView> value(SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> group -> group.lastEventAt().toEpochMilli();
            case START -> group -> group.startedAt().toEpochMilli();
            case COST -> group -> Math.round(group.figures().costUsd().orElse(0) * 1e12);
            case TOKENS -> group -> group.figures().tokens().total();
            case DURATION -> group -> group.duration().toMillis();
            case ERRORS -> group -> group.figures().errors();
            case P95 -> group -> group.figures().latencyAll().p95Ms().orElse(-1);
        };
    }

    @Property(tries = 100)
    void a_groups_sessions_are_those_that_its_agent_began_on_that_day(@ForAll Random random) {
        DayFleet fleet = fleet(random);
        int limit = 1 + random.nextInt(4);
        List<String> seen = new ArrayList<>();
        List<DayGroupView> groups = walk(
                cursor -> fleet.accounts.dayGroups(DayFleet.ACCOUNT, SessionFilter.ALL, SessionSort.START, 3, cursor));
        for (DayGroupView group : groups) {
            assertThat(fleet.accounts.dayGroup(DayFleet.ACCOUNT, group.agentId(), group.day()))
                    .contains(group);
            List<SessionView> sessions = walk(cursor ->
                    fleet.accounts.daySessions(DayFleet.ACCOUNT, group.agentId(), group.day(), limit, cursor));
            assertThat(sessions)
                    .hasSize((int) group.sessions())
                    .allMatch(session -> session.agentId().equals(group.agentId()))
                    .isSortedAccordingTo(
                            comparing(SessionView::startedAt).reversed().thenComparing(SessionView::id));
            sessions.forEach(session -> seen.add(session.id()));
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(told.sessions().stream()
                        .filter(id -> !isDeleted(
                                fleet, fleet.session(id).orElseThrow().agentId()))
                        .toList());
    }

    @Property(tries = 50)
    void an_agents_profile_is_what_it_did(@ForAll Random random) {
        DayFleet fleet = fleet(random);
        List<AgentView> agents = walk(cursor -> fleet.accounts.agents(DayFleet.ACCOUNT, true, 1, cursor));
        assertThat(agents)
                .isSortedAccordingTo(comparing(AgentView::lastSeenAt).reversed().thenComparing(AgentView::id));
        assertThat(walk(cursor -> fleet.accounts.agents(DayFleet.ACCOUNT, false, 2, cursor)))
                .isEqualTo(agents.stream()
                        .filter(agent -> agent.deletedAt().isEmpty())
                        .toList());
        for (AgentView agent : agents) {
            AgentProfile profile =
                    fleet.accounts.agent(DayFleet.ACCOUNT, agent.id()).orElseThrow();
            assertThat(profile.agent()).isEqualTo(agent);
            assertThat(profile.calendar())
                    .hasSize(30)
                    .isSortedAccordingTo(comparing(DayActivity::day).reversed());
            List<SessionAggregate> sessions = told.sessions().stream()
                    .flatMap(id -> fleet.session(id).stream())
                    .filter(session -> session.agentId().equals(agent.id()))
                    .toList();
            assertThat(agent.sessions()).isEqualTo(sessions.size());
            assertThat(agent.framework()).contains("claude-code");
            assertThat(agent.firstSeenAt().toEpochMilli())
                    .isEqualTo(sessions.stream()
                            .mapToLong(SessionAggregate::first)
                            .min()
                            .orElseThrow());
            assertThat(agent.lastSeenAt().toEpochMilli())
                    .isEqualTo(sessions.stream()
                            .mapToLong(SessionAggregate::last)
                            .max()
                            .orElseThrow());
            long events = sessions.stream()
                    .mapToLong(session -> session.figures().events())
                    .sum();
            assertThat(profile.calendar().stream()
                            .mapToLong(DayActivity::events)
                            .sum())
                    .isEqualTo(events);
            assertThat(profile.figures().events()).isEqualTo(events);
            SpendView spend =
                    fleet.accounts.spend(DayFleet.ACCOUNT, new SpendFilter(Optional.empty(), Optional.of(agent.id())));
            assertThat(spend.total().tokens())
                    .isEqualTo(
                            agent.deletedAt().isPresent()
                                    ? TokenCounts.NONE
                                    : profile.figures().tokens());
        }
    }

    @Test
    void an_agent_that_nobody_heard_of_is_not_there() {
        DayFleet fleet = new DayFleet(2, Duration.ZERO);
        command(fleet, RENAMED, AgentCommandKind.RENAME, "The Builder");

        assertThat(fleet.accounts
                        .agents(DayFleet.ACCOUNT, true, 10, Optional.empty())
                        .items())
                .isEmpty();
        assertThat(fleet.accounts.agent(DayFleet.ACCOUNT, RENAMED)).isEmpty();
        assertThat(fleet.accounts.dayGroup(DayFleet.ACCOUNT, RENAMED, LocalDate.EPOCH))
                .isEmpty();
        assertThat(fleet.accounts
                        .daySessions(DayFleet.ACCOUNT, RENAMED, LocalDate.EPOCH, 10, Optional.empty())
                        .items())
                .isEmpty();
    }

    @Test
    void what_an_agent_does_outside_of_sessions_is_in_its_days_and_in_no_group() {
        for (boolean isWritten : List.of(false, true)) {
            DayFleet fleet = new DayFleet(2, Duration.ZERO);
            Random random = new Random(3);
            long earliest = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                HookEvent event = told.outside("agent-0", fleet.clock, random);
                earliest = Math.min(earliest, event.getTimestamp() - event.getDurationMs());
                fleet.tell(event);
            }
            if (isWritten) {
                fleet.each(task -> task.evict(0));
                fleet.each(PartitionTask::commit);
            }

            AgentProfile profile =
                    fleet.accounts.agent(DayFleet.ACCOUNT, RENAMED).orElseThrow();
            assertThat(profile.agent().firstSeenAt()).isEqualTo(Instant.ofEpochMilli(earliest));
            assertThat(profile.agent().name()).isEqualTo("agent-0");
            assertThat(profile.agent().sessions()).isZero();
            assertThat(profile.calendar().stream()
                            .mapToLong(DayActivity::events)
                            .sum())
                    .isEqualTo(20);
            assertThat(fleet.accounts
                            .spend(DayFleet.ACCOUNT, new SpendFilter(Optional.empty(), Optional.empty()))
                            .total()
                            .requests())
                    .isPositive();
            assertThat(fleet.accounts
                            .dayGroups(DayFleet.ACCOUNT, SessionFilter.ALL, SessionSort.COST, 10, Optional.empty())
                            .items())
                    .isEmpty();
            for (DayActivity day : profile.calendar()) {
                assertThat(fleet.accounts.dayGroup(DayFleet.ACCOUNT, RENAMED, day.day()))
                        .isEmpty();
                assertThat(fleet.accounts
                                .daySessions(DayFleet.ACCOUNT, RENAMED, day.day(), 10, Optional.empty())
                                .items())
                        .isEmpty();
            }
        }
    }

    @Test
    void an_agents_framework_is_what_its_earliest_event_with_one_names_whenever_that_is_told() {
        DayFleet fleet = new DayFleet(1, Duration.ZERO);
        record Telling(String session, long ago, @Nullable String client) {}
        HookEvent some = told.outside("agent-0", fleet.clock, new Random(1));
        List<Telling> tellings = List.of(
                new Telling("s1", 9000, null),
                new Telling("s1", 1000, "first-told"),
                new Telling("s1", 2000, "earlier"),
                new Telling("s2", 3000, "of-another-session"));
        for (Telling telling : tellings) {
            fleet.tell(HookEvent.newBuilder(some)
                    .setId(FactId.dedupKey("at " + telling.ago))
                    .setSessionId(telling.session)
                    .setTimestamp(fleet.clock - telling.ago)
                    .setClient(telling.client)
                    .build());
            fleet.each(task -> task.evict(0));
            fleet.each(PartitionTask::commit);

            assertThat(fleet.accounts
                            .agent(DayFleet.ACCOUNT, RENAMED)
                            .orElseThrow()
                            .agent()
                            .framework())
                    .isEqualTo(Optional.ofNullable(telling.client));
        }
    }

    @Test
    void a_cursor_belongs_to_its_list_and_order() {
        DayFleet fleet = new DayFleet(1, Duration.ZERO);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            fleet.tell(told.event("s" + i, fleet.clock, random));
        }
        Optional<String> byCost = fleet.accounts
                .dayGroups(DayFleet.ACCOUNT, SessionFilter.ALL, SessionSort.COST, 1, Optional.empty())
                .nextCursor();

        assertThat(byCost).isPresent();
        assertThatThrownBy(() ->
                        fleet.accounts.dayGroups(DayFleet.ACCOUNT, SessionFilter.ALL, SessionSort.START, 1, byCost))
                .isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> fleet.accounts.agents(DayFleet.ACCOUNT, false, 1, byCost))
                .isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void another_accounts_days_are_not_shown() {
        DayFleet fleet = fleet(new Random(1));
        fleet.each(PartitionTask::commit);

        for (String account : List.of("loca", "locals", "another")) {
            assertThat(fleet.days(account, key -> true)).isEmpty();
            assertThat(fleet.accounts
                            .agents(account, true, 10, Optional.empty())
                            .items())
                    .isEmpty();
        }
    }
}
