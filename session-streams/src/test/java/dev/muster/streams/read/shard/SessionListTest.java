/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.model.ListPage;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.store.Retention;
import dev.muster.streams.store.StoreKeys;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wherever a session stands at the moment, in memory or in a page that is written or not, the list has it once. */
class SessionListTest {

    private static final int[] LIMITS = {1, 2, 5, 17, 1000};
    private static final Duration RETENTION = Duration.ofMinutes(6);

    @ParameterizedTest(name = "sessions dirty for {0} s, seed {1}, corrupted: {2}")
    @CsvSource({"0,1,false", "0,2,true", "0,3,true", "20,4,false", "20,5,true", "20,6,true"})
    void any_history(int dirtyForSeconds, long seed, boolean corrupts) {
        Random random = new Random(seed);
        ListedTask task = new ListedTask(Duration.ofSeconds(dirtyForSeconds));
        for (int i = 0; i < 2500; i++) {
            task.pass(random.nextInt(1500));
            switch (random.nextInt(30)) {
                case 0, 1, 2 -> {
                    task.commit();
                    if (dirtyForSeconds == 0) {
                        assertList(task, task.standbyReader(), random);
                    }
                    if (!corrupts) {
                        assertPages(task);
                    }
                }
                case 3, 4, 5 -> task.evict(random.nextInt(10_000));
                case 6 -> task.restart();
                case 7 -> task.crash();
                case 8 -> task.retain(RETENTION);
                case 9 -> assertList(task, task.reader(), random);
                case 10 -> {
                    if (corrupts) {
                        task.corrupt();
                    }
                }
                default -> task.tell("s" + (i / 20 + random.nextInt(30)), random.nextInt(20_000));
            }
        }
        task.evict(0);
        task.commit();
        assertList(task, task.standbyReader(), random);
        task.pass(RETENTION.toMillis() + 120_000);
        task.retain(RETENTION);
        assertThat(ListedTask.listed(task.reader(), 10)).isEmpty();
        assertThat(task.sessions.all()).isEmpty();
        assertThat(pages(task)).as("what no session stands in").isEmpty();
    }

    private static void assertList(ListedTask task, InstanceReader reader, Random random) {
        int limit = LIMITS[random.nextInt(LIMITS.length)];
        assertThat(ListedTask.listed(reader, limit)).isEqualTo(task.expected());
    }

    private record Stood(PageKey page, ListPage.Entry entry) {}

    private static List<Stood> pages(ListedTask task) {
        List<Stood> all = new ArrayList<>();
        task.activity.all().stream()
                .filter(row -> row.value.length > Long.BYTES)
                .forEach(row -> ListPage.read(row.value)
                        .entries()
                        .forEach(entry -> all.add(new Stood(PageKey.of(row.key), entry))));
        return all;
    }

    /** After a commit every session that was written stands where it says, and nowhere else. */
    private static void assertPages(ListedTask task) {
        List<Stood> all = pages(task);
        assertThat(all).extracting(stood -> stood.entry().sessionId()).doesNotHaveDuplicates();
        for (Stood stood : all) {
            SessionAggregate session = SessionAggregate.read(requireNonNull(task.sessions
                    .store()
                    .get(Bytes.wrap(StoreKeys.session("local", stood.entry().sessionId())))));
            assertThat(session.listedAt()).isEqualTo(stood.entry().lastActivity());
            assertThat(session.listedPage()).isEqualTo(stood.page().number());
        }
    }

    @Test
    void a_session_that_leaves_memory_between_two_commits_is_listed() {
        ListedTask task = new ListedTask(Duration.ZERO);
        task.tell("a", 10);
        task.tell("b", 5);
        task.evict(0);

        assertThat(ListedTask.listed(task.reader(), 1)).containsExactly("b", "a");
        assertThat(ListedTask.listed(task.standbyReader(), 1)).isEmpty();

        task.commit();
        assertThat(ListedTask.listed(task.standbyReader(), 1)).containsExactly("b", "a");
    }

    @Test
    void sessions_evicted_together_cost_one_put_of_the_list() {
        ListedTask task = new ListedTask(Duration.ZERO);
        task.tell("first", 0);
        task.evict(0);
        task.commit();
        task.activity.took("put");
        for (int i = 0; i < ListPage.MAX_ENTRIES; i++) {
            task.tell("s" + i, 0);
        }
        task.evict(0);
        task.commit();
        assertThat(task.activity.took("put")).isEqualTo(1);

        task.pass(600_000);
        for (int i = 0; i < ListPage.MAX_ENTRIES; i++) {
            task.tell("s" + i, 0);
        }
        task.commit();
        assertThat(task.activity.took("put")).isEqualTo(1);
        assertThat(task.activity.took("delete")).isEqualTo(1);
    }

    @Test
    void retention_takes_a_bounded_step_at_a_time() {
        ListedTask task = new ListedTask(Duration.ZERO);
        for (int i = 0; i < 450; i++) {
            task.tell("old" + i, i);
        }
        task.pass(RETENTION.toMillis() + 1);
        task.tell("new", 0);
        task.evict(0);
        Retention retention = task.retention(RETENTION);

        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            retention.step(task.clock());
            left.add(ListedTask.listed(task.reader(), 1000).size());
            task.commit();
            assertThat(pages(task)).hasSize(left.get(i));
        }

        assertThat(left).containsExactly(251, 51, 1, 1);
        assertThat(ListedTask.listed(task.standbyReader(), 10)).containsExactly("new");
    }

    @Test
    void a_page_reads_few_rows_of_a_large_account() {
        ListedTask task = new ListedTask(Duration.ZERO);
        for (int i = 0; i < 3000; i++) {
            task.pass(1000);
            task.tell("s" + i, 0);
        }
        task.commit();
        task.sessions.took("get");
        assertThat(task.reader().sessions("local", 10, Optional.empty()).items())
                .hasSize(10);
        assertThat(task.sessions.took("get")).as("all are in memory").isZero();

        task.evict(0);
        task.commit();
        task.sessions.took("get");
        Page<SessionView> page = task.reader().sessions("local", 10, Optional.empty());
        assertThat(task.sessions.took("get")).isBetween(10, 80);
        task.reader().sessions("local", 10, page.nextCursor());
        assertThat(task.sessions.took("get")).isBetween(10, 80);
    }

    @Test
    void whoever_reads_while_sessions_come_move_and_go_sees_all() throws Exception {
        int count = 40;
        ListedTask task = new ListedTask(Duration.ZERO);
        for (int i = 0; i < count; i++) {
            task.tell("s" + i, 0);
        }
        InstanceReader reader = task.reader();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reading = threads.submit(() -> {
                int reads = 0;
                do {
                    assertThat(reader.sessions("local", 1000, Optional.empty()).items())
                            .extracting(SessionView::id)
                            .hasSize(count)
                            .doesNotHaveDuplicates();
                    reads++;
                } while (!done.get());
                return reads;
            });
            Random random = new Random(8);
            for (int i = 0; i < 4000 && !reading.isDone(); i++) {
                task.pass(random.nextInt(3000));
                task.tell("s" + random.nextInt(count), 0);
                if (random.nextInt(3) == 0) {
                    task.evict(random.nextInt(5000));
                }
                if (random.nextInt(8) == 0) {
                    task.commit();
                }
            }
            done.set(true);
            assertThat(reading.get()).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }
}
