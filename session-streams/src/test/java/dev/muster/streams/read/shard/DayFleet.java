/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.store.AccountDays;
import dev.muster.streams.store.AllDays;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tasks of several partitions, committed, crashed and started as a test likes, and all that reads their days. */
final class DayFleet {

    static final String ACCOUNT = "local";

    final List<PartitionTask> tasks = new ArrayList<>();
    final AgentControls controls = new AgentControls();
    long clock = Sessions.T;
    private final Set<String> agents = new HashSet<>();
    private final Set<Long> days = new HashSet<>();
    private boolean isStandby;

    final Partitions partitions = new Partitions() {
        @Override
        public int count() {
            return tasks.size();
        }

        @Override
        public Collection<Integer> hosted() {
            return IntStream.range(0, tasks.size()).boxed().toList();
        }

        @Override
        public PartitionStores at(int partition) {
            return tasks.get(partition).read(isStandby);
        }
    };

    final InstantSource now = () -> Instant.ofEpochMilli(clock);
    final AccountReader accounts;

    /** So many partitions, whose sessions are written when they have been dirty for so long. */
    DayFleet(int count, Duration dirtyFor) {
        for (int i = 0; i < count; i++) {
            // One of three has room for the index of a few sessions only, and then has none.
            tasks.add(new PartitionTask(i, dirtyFor, i % 3 == 1 ? 8_000 : 64 << 20));
        }
        accounts = InstanceReader.accounts(partitions, controls, now, Budgets.DEFAULT);
    }

    /** All days of an account. */
    Map<DayKey, AgentDay> days(String account) {
        return days(account, agent -> true);
    }

    /** All days of an account, whose agents are asked about whenever a live session is about to be looked at. */
    Map<DayKey, AgentDay> days(String account, Predicate<String> agents) {
        Map<DayKey, AgentDay> all = new HashMap<>();
        AllDays wanted = new AllDays(account, told(account));
        for (PartitionStores stores : partitions.all()) {
            AccountDays part = stores.live()
                    .map(live -> {
                        live.index(account);
                        return live.days(account, wanted, agents, stores.days(), stores.sessions());
                    })
                    .orElseGet(() -> AccountDays.ofRows(wanted, stores.days()));
            part.days()
                    .forEach((key, day) -> all.merge(key, day, (sum, more) -> {
                        sum.add(more);
                        return sum;
                    }));
        }
        return all;
    }

    /** Every day of every agent that anything was told of. */
    private Set<DayKey> told(String account) {
        return days.stream()
                .flatMap(day -> agents.stream().map(agent -> new DayKey(account, day, agent)))
                .collect(Collectors.toSet());
    }

    /** Reads the rows alone, as a standby does. */
    void read(boolean standby) {
        isStandby = standby;
    }

    void pass(long millis) {
        clock += millis;
        tasks.forEach(task -> task.pass(millis));
    }

    void tell(HookEvent event) {
        agents.add(event.getAgentId());
        days.add(Math.floorDiv(event.getTimestamp(), Duration.ofDays(1).toMillis()));
        tasks.get(RecordKey.of(event).partition(tasks.size())).append(event, clock);
    }

    Optional<SessionAggregate> session(String id) {
        RecordKey key = RecordKey.ofSession(ACCOUNT, id);
        return SessionSnapshot.of(partitions.of(key), key).map(SessionSnapshot::figures);
    }

    void each(Consumer<PartitionTask> work) {
        tasks.forEach(work);
    }
}
