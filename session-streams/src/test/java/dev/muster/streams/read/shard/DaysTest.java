/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever becomes of the tasks, the days are what their sessions are, and what their events are. */
class DaysTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Duration RETENTION = Duration.ofDays(10);

    private final ToldDays told = new ToldDays();

    @ParameterizedTest(name = "{0} partitions, sessions dirty for {1} s, seed {2}, corrupted: {3}")
    @CsvSource({
        "1,0,1,false",
        "1,0,2,true",
        "3,0,3,true",
        "1,20,4,false",
        "3,20,5,true",
        "2,20,6,true",
        "3,3600,7,false"
    })
    void any_history(int partitions, int dirtyForSeconds, long seed, boolean corrupts) {
        Random random = new Random(seed);
        DayFleet fleet = new DayFleet(partitions, Duration.ofSeconds(dirtyForSeconds));
        fleet.each(task -> task.makeDaysSlowly(1 + random.nextInt(5)));
        for (int i = 0; i < 1500; i++) {
            fleet.pass(random.nextInt(1500));
            PartitionTask task = fleet.tasks.get(random.nextInt(partitions));
            switch (random.nextInt(40)) {
                case 0, 1, 2 -> task.commit();
                case 3, 4 -> task.evict(random.nextInt(10_000));
                case 5 -> task.restart();
                case 6 -> task.crash();
                case 7 -> {
                    if (corrupts) {
                        task.corrupt();
                    }
                }
                case 8 -> assertDays(fleet);
                case 9 -> {
                    if (random.nextInt(8) == 0) {
                        fleet.pass(DAY);
                        fleet.each(each -> each.retain(RETENTION, 1));
                        told.sessions().removeIf(id -> fleet.session(id).isEmpty());
                    }
                }
                case 10, 11 -> fleet.tell(told.outside("agent-" + random.nextInt(4), fleet.clock, random));
                default -> fleet.tell(told.event("s" + (i / 30 + random.nextInt(20)), fleet.clock, random));
            }
        }
        fleet.each(task -> task.evict(0));
        fleet.each(PartitionTask::makeDays);
        fleet.each(PartitionTask::commit);
        assertDays(fleet);
        fleet.read(true);
        assertDays(fleet);

        fleet.pass(RETENTION.toMillis() + 4 * DAY);
        fleet.each(task -> task.retain(RETENTION, 1));
        assertThat(fleet.days(DayFleet.ACCOUNT)).isEmpty();
        assertThat(fleet.accounts
                        .agents(DayFleet.ACCOUNT, false, 100, Optional.empty())
                        .items())
                .as("agents are known when their sessions have gone")
                .isNotEmpty()
                .allMatch(agent -> agent.sessions() == 0);
    }

    private void assertDays(DayFleet fleet) {
        for (PartitionTask task : fleet.tasks) {
            if (!task.areDaysWhole()) {
                assertThatThrownBy(() -> fleet.days(DayFleet.ACCOUNT))
                        .isInstanceOf(InvalidStateStoreException.class)
                        .hasMessageContaining("made anew");
                task.makeDays();
            }
        }
        Map<DayKey, AgentDay> days = fleet.days(DayFleet.ACCOUNT);
        assertThat(lines(days)).isEqualTo(lines(told.sums(fleet)));
        assertThat(counts(days)).isEqualTo(countsTold());
        assertAgents(fleet);
        assertSpend(fleet);
    }

    static Map<String, String> lines(Map<DayKey, AgentDay> days) {
        Map<String, String> lines = new TreeMap<>();
        days.forEach((key, day) -> lines.put(
                LocalDate.ofEpochDay(key.day()) + " " + key.agentId(),
                day.sessions() + " " + day.errored() + " " + day.errors() + " " + day.traces() + " "
                        + day.durationMs() + " " + day.activeMs() + " " + day.start() + " " + day.latest() + " "
                        + ViewMapper.sums(day.group(), day.errors(), 0) + " " + day.activeSessions() + " "
                        + day.activity().events() + " " + day.activity().toolCalls() + " " + day.activityErrors()
                        + " " + spend(day)));
        return lines;
    }

    private static String spend(AgentDay day) {
        return day.spend().stream()
                .map(share -> share.name()
                        + share.requests()
                        + share.spend().tokens()
                        + share.spend().picoUsd())
                .toList()
                .toString();
    }

    /** Sessions and events of the group, and events on the day. */
    private record Counts(long sessions, long events, long onDay) {

        Counts with(Counts more) {
            return new Counts(sessions + more.sessions, events + more.events, onDay + more.onDay);
        }
    }

    private static Map<DayKey, Counts> counts(Map<DayKey, AgentDay> days) {
        Map<DayKey, Counts> counts = new HashMap<>();
        days.forEach((key, day) -> counts.put(
                key,
                new Counts(day.sessions(), day.group().events(), day.activity().events())));
        return counts;
    }

    private Map<DayKey, Counts> countsTold() {
        Map<DayKey, Counts> counts = new HashMap<>();
        told.events().forEach(events -> {
            String agent = ToldDays.agentOf(events);
            long start =
                    events.stream().mapToLong(HookEvent::getTimestamp).min().orElseThrow();
            if (ToldDays.isSession(events)) {
                counts.merge(key(agent, start), new Counts(1, events.size(), 0), Counts::with);
            }
            events.forEach(event -> counts.merge(key(agent, event.getTimestamp()), new Counts(0, 0, 1), Counts::with));
        });
        return counts;
    }

    private static DayKey key(String agent, long time) {
        return new DayKey(DayFleet.ACCOUNT, Math.floorDiv(time, DAY), agent);
    }

    private void assertAgents(DayFleet fleet) {
        Map<String, Long> sessions = new TreeMap<>();
        told.events()
                .forEach(events ->
                        sessions.merge(ToldDays.agentOf(events), ToldDays.isSession(events) ? 1L : 0, Long::sum));
        List<AgentView> agents = Sessions.walk(cursor -> fleet.accounts.agents(DayFleet.ACCOUNT, false, 2, cursor), 2);
        assertThat(agents).extracting(AgentView::id).doesNotHaveDuplicates();
        assertThat(agents).allMatch(agent -> agent.label().startsWith("agent-"));
        assertThat(agents).extracting(AgentView::id).containsAll(sessions.keySet());
        agents.forEach(agent -> assertThat(agent.sessions()).isEqualTo(sessions.getOrDefault(agent.id(), 0L)));
    }

    private void assertSpend(DayFleet fleet) {
        SpendView spend = fleet.accounts.spend(DayFleet.ACCOUNT, new SpendFilter(Optional.empty(), Optional.empty()));
        long requests = told.events().stream()
                .flatMap(Collection::stream)
                .filter(event -> event.getKind() == FactKind.MODEL_REQUEST)
                .count();
        assertThat(spend.total().requests()).isEqualTo(requests);
        assertThat(spend.byDay()).extracting(SpendView.Row::key).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(spend.byAgent().stream().mapToLong(SpendView.Row::requests).sum())
                .isEqualTo(requests);
        assertThat(spend.byModel().stream().mapToLong(SpendView.Row::requests).sum())
                .isEqualTo(requests);
        assertThat(new TreeSet<>(
                        spend.byModel().stream().map(SpendView.Row::key).toList()))
                .isSubsetOf("claude-sonnet-4-5", "no-such-model");
    }
}
