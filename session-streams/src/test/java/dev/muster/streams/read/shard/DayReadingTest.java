/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Days that are read while sessions are written count each session once. */
class DayReadingTest {

    private int facts;

    /** Something that a task does between two steps of a reader. */
    private record Meanwhile(String name, Work work) {

        private interface Work {
            void on(DayReadingTest test, DayFleet fleet);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Meanwhile> meanwhile() {
        return List.of(
                new Meanwhile("it commits", (test, fleet) -> fleet.each(PartitionTask::commit)),
                new Meanwhile("a session is evicted", (test, fleet) -> fleet.each(task -> task.evict(0))),
                new Meanwhile("one goes on and is evicted", (test, fleet) -> {
                    test.tell(fleet, "s1", "a", 5);
                    fleet.each(task -> task.evict(0));
                }),
                new Meanwhile("one goes on, is evicted, and comes again", (test, fleet) -> {
                    test.tell(fleet, "s1", "a", 5);
                    fleet.each(task -> task.evict(0));
                    test.tell(fleet, "s1", "a", 6);
                }),
                new Meanwhile("one begins and is evicted", (test, fleet) -> {
                    test.tell(fleet, "new", "a", 5);
                    fleet.each(task -> task.evict(0));
                    fleet.each(PartitionTask::commit);
                }),
                new Meanwhile("one comes to another agent and is evicted", (test, fleet) -> {
                    test.move(fleet, "s1", "b");
                    fleet.each(task -> task.evict(0));
                }),
                new Meanwhile("one comes to another agent", (test, fleet) -> test.move(fleet, "s1", "b")),
                new Meanwhile("one comes to another agent, is written, and to a third", (test, fleet) -> {
                    test.move(fleet, "s1", "b");
                    fleet.each(PartitionTask::commit);
                    test.move(fleet, "s1", "a0");
                }),
                new Meanwhile("all go by retention", (test, fleet) -> {
                    fleet.each(task -> task.evict(0));
                    fleet.pass(Duration.ofDays(2).toMillis());
                    fleet.each(task -> task.retain(Duration.ofDays(1), 1));
                }));
    }

    @ParameterizedTest
    @MethodSource("meanwhile")
    void a_reader_sees_what_there_is_when_it_looks_at_a_session(Meanwhile meanwhile) {
        DayFleet fleet = new DayFleet(1, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            tell(fleet, "s" + i, "a", -i);
        }
        tell(fleet, "other", "b", 0);
        fleet.each(PartitionTask::commit);
        tell(fleet, "s1", "a", 3);
        AtomicBoolean isFirst = new AtomicBoolean(true);

        Map<DayKey, AgentDay> days = fleet.days(DayFleet.ACCOUNT, agent -> {
            if (isFirst.getAndSet(false)) {
                meanwhile.work.on(this, fleet);
            }
            return true;
        });

        assertThat(DaysTest.lines(days)).isEqualTo(DaysTest.lines(fleet.days(DayFleet.ACCOUNT)));
    }

    private void tell(DayFleet fleet, String session, String label, long time) {
        fleet.tell(event(session, label, LabelRank.DIRECTORY, time));
    }

    private void move(DayFleet fleet, String session, String label) {
        fleet.tell(event(session, label, LabelRank.EXPLICIT, -100 - facts));
    }

    private HookEvent event(String session, String label, LabelRank rank, long time) {
        return Sessions.event(FactId.dedupKey("k" + facts++), FactKind.OTHER, time)
                .setSessionId(session)
                .setAgentLabel(label)
                .setAgentId(AgentId.of(DayFleet.ACCOUNT, label))
                .setAgentLabelRank(rank)
                .build();
    }

    @Test
    void while_a_task_works_nothing_is_lost_or_counts_twice() {
        DayFleet fleet = new DayFleet(1, Duration.ZERO);
        PartitionTask task = fleet.tasks.get(0);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            Random random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                begun.incrementAndGet();
                tell(fleet, "s" + random.nextInt(40), "a" + random.nextInt(3), i);
                told.incrementAndGet();
                switch (random.nextInt(200)) {
                    case 0, 1 -> task.live.flushCache();
                    case 2 -> task.evict(0);
                    default -> {}
                }
            }
        });
        do {
            int before = told.get();
            Map<DayKey, AgentDay> days = fleet.days(DayFleet.ACCOUNT);
            int after = begun.get();
            long events = days.values().stream()
                    .mapToLong(day -> day.group().events())
                    .sum();
            assertThat(events).isBetween((long) before, (long) after);
        } while (!work.isDone());
        work.join();
    }
}
