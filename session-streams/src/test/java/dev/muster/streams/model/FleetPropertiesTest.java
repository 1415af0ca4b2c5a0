/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * What must hold for any sessions: several traces with and without ids, parallel tools, subagents, orphans, retries,
 * overlapping sources and clocks that disagree.
 */
@Tag("any-java")
class FleetPropertiesTest {

    private static final int CASES = 10_000;

    @Property(tries = CASES)
    void any_order_repetition_restart_and_partitioning_gives_the_same(
            @ForAll("fleets") List<List<HookEvent>> fleet, @ForAll long seed) {
        Random random = new Random(seed);
        DayBook expected = new DayBook();
        List<Account> sessions = tellInOrder(fleet, expected);

        List<DayBook> partitions = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            partitions.add(new DayBook());
        }
        for (int i = 0; i < fleet.size(); i++) {
            Account other = Account.ofSmallRows(random)
                    .named("s" + i)
                    .in(partitions.get(random.nextInt(partitions.size())))
                    .tellAll(shuffled(fleet.get(i), random), random);
            other.write();
            assertThat(other.lines()).isEqualTo(sessions.get(i).lines());
        }
        DayBook merged = new DayBook();
        partitions.forEach(merged::add);
        assertThat(merged.lines()).isEqualTo(expected.lines());
    }

    @Property(tries = CASES)
    void days_are_the_sums_over_their_sessions(@ForAll("fleets") List<List<HookEvent>> fleet) {
        DayBook book = new DayBook();
        List<Account> sessions = tellInOrder(fleet, book);

        Map<String, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < sessions.size(); i++) {
            SessionAggregate session = sessions.get(i).figures();
            groups.computeIfAbsent(session.agentId() + " " + session.startDay(), key -> new ArrayList<>())
                    .add(i);
        }
        groups.forEach((key, members) -> {
            AgentDay day = book.days().getOrDefault(key, new AgentDay());
            assertThat(day.sessions()).isEqualTo(members.size());
            long events = 0;
            long errors = 0;
            long cost = 0;
            List<Long> durations = new ArrayList<>();
            for (int i : members) {
                SessionAggregate session = sessions.get(i).figures();
                events += session.figures().events();
                errors += session.errors();
                cost += session.figures()
                        .spend(session.figures().telemetryRequests() == 0)
                        .picoUsd();
                durations.addAll(NaiveFigures.durations(new NaiveSession(fleet.get(i)).facts, FactKind.values()));
            }
            assertThat(List.of(
                            day.group().events(),
                            day.errors(),
                            day.group().spend(false).picoUsd()))
                    .isEqualTo(List.of(events, errors, cost));
            Collections.sort(durations);
            assertThat(day.group().latencyAll().count()).isEqualTo(durations.size());
            for (int percent : durations.isEmpty() ? new int[0] : new int[] {1, 50, 95, 100}) {
                LatencySketchTest.assertNearestRank(day.group().latencyAll(), durations, percent);
            }
        });
        long facts = fleet.stream()
                .mapToLong(events ->
                        events.stream().map(HookEvent::getId).distinct().count())
                .sum();
        assertThat(book.days().values().stream()
                        .mapToLong(day -> day.activity().events())
                        .sum())
                .isEqualTo(facts);
        assertThat(book.days().values().stream()
                        .mapToLong(day -> day.group().events())
                        .sum())
                .isEqualTo(facts);
        assertThat(book.days().values().stream()
                        .mapToLong(AgentDay::activityErrors)
                        .sum())
                .isEqualTo(book.days().values().stream()
                        .mapToLong(AgentDay::errors)
                        .sum());
        assertThat(spent(book))
                .isEqualTo(book.days().values().stream()
                        .mapToLong(day -> day.group().spend(false).picoUsd())
                        .sum());
    }

    private static long spent(DayBook book) {
        return book.days().values().stream()
                .flatMap(day -> day.spend().stream())
                .mapToLong(share -> share.spend().picoUsd())
                .sum();
    }

    private static List<Account> tellInOrder(List<List<HookEvent>> fleet, DayBook book) {
        List<Account> sessions = new ArrayList<>();
        for (int i = 0; i < fleet.size(); i++) {
            Account account = new Account().named("s" + i).in(book).tellAll(fleet.get(i));
            account.write();
            sessions.add(account);
        }
        return sessions;
    }

    private static List<HookEvent> shuffled(List<HookEvent> events, Random random) {
        List<HookEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size() + 1)));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Provide
    Arbitrary<List<List<HookEvent>>> fleets() {
        return RandomEvents.lists(40).list().ofMinSize(1).ofMaxSize(4);
    }
}
