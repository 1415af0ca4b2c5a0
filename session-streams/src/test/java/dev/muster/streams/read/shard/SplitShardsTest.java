/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.read.gather.GatheringAccountReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * The contract of shards: however the partitions are split into shards, the pages of every list, read to its end, join to the
 * same list; and where no budget is reached, each page is the same.
 */
@Tag("any-java")
class SplitShardsTest {

    private static final String ACCOUNT = DayFleet.ACCOUNT;
    private static final int DAY_MS = (int) Duration.ofDays(1).toMillis();
    private static final List<String> TEXTS = List.of("Fix the build", "write a test", "explain");

    /** Some partitions of a fleet. */
    private record Some(Partitions whole, List<Integer> hosted) implements Partitions {

        @Override
        public int count() {
            return whole.count();
        }

        @Override
        public PartitionStores at(int partition) {
            if (!hosted.contains(partition)) {
                throw new AssertionError("partition " + partition + " is not hosted here");
            }
            return whole.at(partition);
        }
    }

    /** One list, as both ways of asking answer it. */
    private interface Asked<T> extends BiFunction<AccountReader, Optional<String>, Page<T>> {}

    @Property(tries = 1000)
    void any_split_gives_the_same_pages(@ForAll Random random) {
        DayFleet fleet = fleet(random);
        AccountReader whole = reader(fleet, List.of(fleet.partitions.hosted()), Budgets.DEFAULT);
        Collection<List<Integer>> split = split(fleet.partitions.count(), random);
        AccountReader shards = reader(fleet, split, Budgets.DEFAULT);
        int budget = 1 + random.nextInt(12);
        AccountReader impatient = reader(fleet, split, new Budgets(budget, 2));

        for (int i = 0; i < 2; i++) {
            SessionSort sort = oneOf(List.of(SessionSort.values()), random);
            SessionFilter filter = filter(fleet, random);
            int limit = 1 + random.nextInt(9);
            assertSame(
                    whole,
                    shards,
                    impatient,
                    (reader, cursor) -> reader.sessions(ACCOUNT, filter, sort, limit, cursor));
            assertSame(
                    whole,
                    shards,
                    impatient,
                    (reader, cursor) -> reader.dayGroups(ACCOUNT, filter, sort, limit, cursor));
        }
        int limit = 1 + random.nextInt(9);
        TraceFilter traces = new TraceFilter(since(fleet, random), agent(random), text(random));
        assertSame(whole, shards, impatient, (reader, cursor) -> reader.traces(ACCOUNT, traces, limit, cursor));
        AuditFilter audit = audit(fleet, random);
        assertSame(whole, shards, impatient, (reader, cursor) -> reader.audit(ACCOUNT, audit, limit, cursor));
        boolean withDeleted = random.nextBoolean();
        assertSame(whole, shards, impatient, (reader, cursor) -> reader.agents(ACCOUNT, withDeleted, limit, cursor));
        assertSameAnswers(whole, shards, random);
    }

    private static <T> void assertSame(
            AccountReader whole, AccountReader shards, AccountReader impatient, Asked<T> list) {
        List<T> all = new ArrayList<>();
        Optional<String> ofWhole = Optional.empty();
        Optional<String> ofShards = Optional.empty();
        do {
            Page<T> page = list.apply(whole, ofWhole);
            Page<T> same = list.apply(shards, ofShards);
            assertThat(same.items()).isEqualTo(page.items());
            assertThat(same.nextCursor().isPresent())
                    .isEqualTo(page.nextCursor().isPresent());
            all.addAll(page.items());
            ofWhole = page.nextCursor();
            ofShards = same.nextCursor();
        } while (ofWhole.isPresent());

        List<T> joined = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = list.apply(impatient, cursor);
            joined.addAll(page.items());
            assertThat(page.nextCursor()).as("goes on").isNotEqualTo(cursor.or(() -> Optional.of("")));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(joined).isEqualTo(all);
    }

    private static void assertSameAnswers(AccountReader whole, AccountReader shards, Random random) {
        SpendFilter spend = new SpendFilter(Optional.empty(), agent(random));
        assertThat(shards.spend(ACCOUNT, spend)).isEqualTo(whole.spend(ACCOUNT, spend));
        for (AgentView agent :
                whole.agents(ACCOUNT, true, 100, Optional.empty()).items()) {
            assertThat(shards.agent(ACCOUNT, agent.id())).isEqualTo(whole.agent(ACCOUNT, agent.id()));
        }
        List<DayGroupView> groups = whole.dayGroups(
                        ACCOUNT, SessionFilter.ALL, SessionSort.START, 100, Optional.empty())
                .items();
        for (DayGroupView group : groups) {
            assertThat(shards.dayGroup(ACCOUNT, group.agentId(), group.day())).contains(group);
            assertSame(
                    whole,
                    shards,
                    shards,
                    (reader, cursor) -> reader.daySessions(ACCOUNT, group.agentId(), group.day(), 2, cursor));
        }
        TraceFilter any = new TraceFilter(Optional.empty(), Optional.empty(), Optional.empty());
        for (SessionTraceView trace :
                whole.traces(ACCOUNT, any, 20, Optional.empty()).items()) {
            String id = trace.trace().id();
            assertThat(shards.trace(ACCOUNT, id)).isPresent().isEqualTo(whole.trace(ACCOUNT, id));
        }
    }

    @Example
    void a_partition_that_no_shard_hosts_is_told() {
        DayFleet fleet = new DayFleet(3, Duration.ZERO);
        AccountReader reader = reader(fleet, List.of(List.of(0), List.of(2)), Budgets.DEFAULT);

        assertThatThrownBy(() -> reader.sessions(ACCOUNT, SessionFilter.ALL, SessionSort.COST, 1, Optional.empty()))
                .isInstanceOf(NotReadyException.class)
                .hasMessage("Nobody answers for the partitions [1] at the moment.");
        assertThatThrownBy(() -> reader.spend(ACCOUNT, new SpendFilter(Optional.empty(), Optional.empty())))
                .isInstanceOf(NotReadyException.class);
    }

    private static AccountReader reader(
            DayFleet fleet, Collection<? extends Collection<Integer>> shards, Budgets budgets) {
        return new GatheringAccountReader(
                shards.stream()
                        .map(hosted -> (AccountShard)
                                new LocalShard(new Some(fleet.partitions, List.copyOf(hosted)), fleet.controls))
                        .toList(),
                fleet.partitions.count(),
                fleet.controls,
                fleet.now,
                AccountZones.all(ZoneOffset.UTC),
                budgets);
    }

    private static Collection<List<Integer>> split(int partitions, Random random) {
        Map<Integer, List<Integer>> shards = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            shards.computeIfAbsent(random.nextInt(partitions), first -> new ArrayList<>())
                    .add(partition);
        }
        return shards.values();
    }

    /** Sessions of three agents, some days of them, some live and some written; one may be paused, renamed or deleted. */
    private static DayFleet fleet(Random random) {
        ToldDays told = new ToldDays();
        DayFleet fleet = new DayFleet(2 + random.nextInt(5), Duration.ZERO);
        for (AgentCommandKind kind : AgentCommandKind.values()) {
            if (random.nextInt(4) == 0) {
                AgentCommand command = command(agentId(random.nextInt(3)), kind, fleet.clock);
                fleet.controls.add(command);
                fleet.tasks
                        .get(random.nextInt(fleet.tasks.size()))
                        .live
                        .audit(ACCOUNT, fleet.clock, CommandFormat.write(command));
            }
        }
        int sessions = 1 + random.nextInt(20);
        for (int i = random.nextInt(150); i >= 0; i--) {
            String session = "s" + random.nextInt(sessions);
            fleet.tell(
                    switch (random.nextInt(4)) {
                        case 0 -> prompt(session, i, fleet.clock, random);
                        case 1 -> told.outside("agent-" + random.nextInt(3), fleet.clock, random);
                        default -> told.event(session, fleet.clock, random);
                    });
            PartitionTask task = fleet.tasks.get(random.nextInt(fleet.tasks.size()));
            switch (random.nextInt(20)) {
                case 0 -> task.commit();
                case 1 -> task.evict(0);
                default -> fleet.pass(random.nextInt(1000));
            }
        }
        return fleet;
    }

    private static HookEvent prompt(String session, int n, long clock, Random random) {
        String label = "agent-" + random.nextInt(3);
        return Sessions.event(FactId.prompt("p" + n), FactKind.PROMPT, clock - Sessions.T - random.nextInt(2 * DAY_MS))
                .setSessionId(session)
                .setAgentLabel(label)
                .setAgentId(AgentId.of(ACCOUNT, label))
                .setTraceId("t" + random.nextInt(30))
                .setPrompt(oneOf(TEXTS, random))
                .setTitle(random.nextBoolean() ? oneOf(TEXTS, random) : null)
                .build();
    }

    private static AgentCommand command(String agentId, AgentCommandKind kind, long at) {
        return AgentCommand.newBuilder()
                .setAccount(ACCOUNT)
                .setAgentId(agentId)
                .setKind(kind)
                .setName(kind == AgentCommandKind.RENAME ? "The Builder" : null)
                .setBy("somebody")
                .setAt(at)
                .build();
    }

    private static String agentId(int agent) {
        return AgentId.of(ACCOUNT, "agent-" + agent);
    }

    private static SessionFilter filter(DayFleet fleet, Random random) {
        return new SessionFilter(
                since(fleet, random),
                agent(random),
                perhaps(random, oneOf(List.of(Status.values()), random)),
                perhaps(random, "no-such-model"),
                perhaps(random, "tool-1"),
                text(random));
    }

    private static AuditFilter audit(DayFleet fleet, Random random) {
        return new AuditFilter(
                since(fleet, random),
                perhaps(random, Instant.ofEpochMilli(fleet.clock - random.nextInt(DAY_MS))),
                agent(random),
                perhaps(random, "s" + random.nextInt(20)),
                perhaps(random, oneOf(List.of(EntryType.values()), random)),
                perhaps(random, EntryOutcome.FAILED),
                perhaps(random, "tool-2"),
                text(random));
    }

    private static Optional<Instant> since(DayFleet fleet, Random random) {
        return perhaps(random, Instant.ofEpochMilli(fleet.clock - random.nextInt(2 * DAY_MS)));
    }

    private static Optional<String> agent(Random random) {
        return perhaps(random, agentId(random.nextInt(3)));
    }

    private static Optional<String> text(Random random) {
        return perhaps(random, oneOf(List.of("FIX", "test", "nothing of this"), random));
    }

    private static <T> Optional<T> perhaps(Random random, T value) {
        return random.nextInt(5) == 0 ? Optional.of(value) : Optional.empty();
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
