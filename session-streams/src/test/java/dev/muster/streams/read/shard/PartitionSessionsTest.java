/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.Bodies;
import dev.muster.streams.index.AccountIndex;
import dev.muster.streams.index.AggregateSummary;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.index.SearchText;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.store.Counted;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.MemoryStores;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;

/** The index says of every session what the session's own figures say, whatever became of it. */
class PartitionSessionsTest {

    private static final List<String> NAMES = List.of("tool-0", "tool-1", "tool-2", "claude-opus-4-1", "nobody");
    private static final List<String> TEXTS = List.of("", "fix", "THE B", "ß", "no such text");

    @Property(tries = 60)
    void after_any_history(@ForAll Random random) {
        ToldDays told = new ToldDays();
        PartitionTask task = new PartitionTask(Duration.ofMillis(random.nextInt(2000)));
        for (int i = random.nextInt(200); i >= 0; i--) {
            step(task, told, random);
            if (random.nextInt(20) == 0) {
                assertSame(task);
            }
        }
        assertSame(task);
        task.restart();
        assertSame(task);
        task.pass(Duration.ofDays(3).toMillis());
        task.retain(Duration.ofDays(1), 2);
        assertSame(task);
    }

    @Example
    void who_stays_is_shown_once_while_others_come_change_and_go() {
        PartitionTask task = new PartitionTask(Duration.ZERO);
        Set<String> staying = new TreeSet<>();
        for (int i = 0; i < 3000; i++) {
            staying.add("stays-" + i);
            tell(task, "stays-" + i, i);
        }
        task.commit();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            Random random = new Random(1);
            for (int i = 0; i < 20_000; i++) {
                begun.incrementAndGet();
                tell(task, "other-" + random.nextInt(2000), 3000 + i);
                told.incrementAndGet();
                if (random.nextInt(200) == 0) {
                    task.live.flushCache();
                    task.evict(0);
                }
            }
        });
        do {
            int before = told.get();
            List<String> found = new ArrayList<>();
            long[] requests = {0};
            new PartitionSessions(task.read(false), DayFleet.ACCOUNT).forEach(session -> {
                found.add(session.id());
                if (!staying.contains(session.id())) {
                    session.eachSpend((day, model, usage) -> requests[0] += usage.requests());
                }
            });
            int after = begun.get();
            assertThat(found).doesNotHaveDuplicates().containsAll(staying);
            assertThat(requests[0]).isBetween((long) before, (long) after);
        } while (!work.isDone());
        work.join();
    }

    private static void tell(PartitionTask task, String session, int n) {
        task.append(
                Sessions.event(FactId.request("r" + n), FactKind.MODEL_REQUEST, n)
                        .setSessionId(session)
                        .setModel("a-model")
                        .build(),
                task.clock());
    }

    @Example
    void a_task_that_ends_gives_back_what_its_index_took() {
        IndexMemory memory = new IndexMemory(1 << 20);
        LiveSessions live = new LiveSessionsBuilder(
                        SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                        LiveSessions.Bounds.of(1 << 20),
                        memory,
                        new Counted())
                .build();
        SessionStores stores = MemoryStores.empty();
        live.bind(stores, 1);
        HookEvent event =
                Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 1).build();
        live.take(Bytes.wrap(RecordKey.of(event).toBytes()), Bodies.of(event), 1, 1);
        assertThat(live.reads().index("local")).map(AccountIndex::size).contains(1);
        assertThat(memory.taken()).isPositive();

        live.close();

        assertThat(memory.taken()).isZero();
    }

    private static void step(PartitionTask task, ToldDays told, Random random) {
        switch (random.nextInt(16)) {
            case 0 -> task.commit();
            case 1 -> task.evict(random.nextInt(500));
            case 2 -> task.pass(random.nextInt(3000));
            case 3 -> task.crash();
            case 4 -> task.restart();
            case 5 -> task.corrupt();
            case 6 -> task.append(told.outside("agent-" + random.nextInt(3), task.clock(), random), task.clock());
            default -> task.append(event(told, "s" + random.nextInt(12), task.clock(), random), task.clock());
        }
    }

    private static HookEvent event(ToldDays told, String session, long clock, Random random) {
        HookEvent event = told.event(session, clock, random);
        if (random.nextInt(5) == 0) {
            event.setTitle(List.of("Fix the Build", "Große Dinge", "").get(random.nextInt(3)));
            event.setAgentId(AgentId.of(event.getAccount(), event.getAgentLabel()));
        }
        return event;
    }

    private static void assertSame(PartitionTask task) {
        PartitionStores stores = task.read(false);
        PartitionSessions indexed = new PartitionSessions(stores, DayFleet.ACCOUNT);
        assertThat(indexed.index()).isPresent();
        Map<String, String> index = new TreeMap<>();
        indexed.forEach(session -> assertThat(index.put(session.id(), line(session)))
                .as("is shown once")
                .isNull());
        Map<String, String> figures = new TreeMap<>();
        PartitionSessions withoutIndex = new PartitionSessions(stores, DayFleet.ACCOUNT, Optional.empty());
        withoutIndex.forEach(session -> figures.put(session.id(), line(session)));
        assertThat(index).isEqualTo(figures);
        assertThat(figures.keySet())
                .allSatisfy(id -> assertThat(SessionSnapshot.figures(stores, RecordKey.ofSession(DayFleet.ACCOUNT, id))
                                .map(AggregateSummary::new)
                                .map(PartitionSessionsTest::line))
                        .contains(figures.get(id)));
    }

    private static FactMarks marks(String name) {
        FactMarks marks = new FactMarks();
        marks.addName(name);
        return marks;
    }

    private static String line(SessionSummary session) {
        StringBuilder line = new StringBuilder();
        line.append(session.agentId())
                .append(session.isOfAgent())
                .append(' ')
                .append(session.first())
                .append(' ')
                .append(session.last())
                .append(' ')
                .append(session.picoUsd())
                .append(' ')
                .append(session.tokens())
                .append(' ')
                .append(session.errors())
                .append(session.isErrored())
                .append(' ')
                .append(session.p95())
                .append(' ')
                .append(session.traces())
                .append(' ')
                .append(session.latestTraceStart())
                .append(' ')
                .append(session.startDay());
        NAMES.forEach(name -> line.append(session.mayHave(marks(name)) ? ' ' : '-'));
        NAMES.forEach(name -> line.append(' ').append(session.hasModel(name)).append(session.hasTool(name)));
        TEXTS.forEach(text -> line.append(' ').append(session.titleContains(new SearchText(text))));
        for (String id : List.of("", "s1", "s11", "t", session.id())) {
            line.append(' ').append(Integer.signum(session.compareIdTo(id)));
        }
        session.eachSpend((day, model, usage) -> line.append(' ')
                .append(day)
                .append(model)
                .append(usage.requests())
                .append(usage.tokens())
                .append(usage.picoUsd())
                .append(usage.unpricedTokens()));
        return line.toString();
    }
}
