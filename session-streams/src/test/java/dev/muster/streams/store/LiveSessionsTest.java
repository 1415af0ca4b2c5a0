/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** The live sessions over stores in memory, without a task. */
class LiveSessionsTest {

    private static final long NOW = 1_795_000_000_000L;
    private static final RecordKey KEY = RecordKey.ofSession("local", "s");

    private final Counted counted = new Counted();
    private final SessionStores stores = MemoryStores.empty();
    private final LiveSessions live = new LiveSessionsBuilder(
                    SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                    LiveSessions.Bounds.of(64 << 20),
                    new IndexMemory(64 << 20),
                    counted)
            .build();
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();

    private void start() {
        live.init(context.getStateStoreContext(), live);
        live.bind(stores, NOW);
    }

    private static HookEvent event(String key) {
        return Events.at(FactId.dedupKey(key), FactKind.OTHER, NOW).build();
    }

    private static void take(LiveSessions live, String key) {
        live.take(Bytes.wrap(KEY.toBytes()), Bodies.of(event(key)), NOW, NOW);
    }

    /** What taking an event in changes, once it is asked for. */
    private Session.Change apply(String key) {
        take(live, key);
        live.reads().copy(KEY);
        return counted.changes().get(counted.changes().size() - 1);
    }

    private void assertEmpty() {
        assertThat(live.size()).isZero();
        assertThat(live.weight()).isZero();
        assertThat(live.reads().copy(KEY)).isEmpty();
        assertThat(live.reads().activity("local")).isEmpty();
    }

    @Test
    void what_was_not_flushed_is_gone_with_the_task_and_counts_again() {
        List<Runnable> ends = List.of(live::close, live::clearCache, () -> {});
        for (Runnable end : ends) {
            start();
            assertThat(apply("a")).isEqualTo(Session.Change.NEW);
            assertThat(live.size()).isEqualTo(1);

            end.run();
            start();

            assertEmpty();
            live.flushCache();
            assertThat(stores.sessions().all().hasNext()).isFalse();
        }
    }

    @Test
    void what_was_flushed_is_known_again() {
        start();
        apply("a");
        live.flushCache();
        live.close();
        start();

        assertThat(apply("a")).isEqualTo(Session.Change.REPEATED);
        assertThat(apply("b")).isEqualTo(Session.Change.NEW);
        assertThat(live.reads().activity("local")).isEqualTo(Map.of("s", NOW));
    }

    @Test
    void a_store_that_is_closed_or_becomes_a_standbys_is_not_bound() {
        live.init(context.getStateStoreContext(), live);
        assertThat(live.isBound()).isFalse();
        assertThat(live.isOpen()).isTrue();
        assertThatThrownBy(() -> apply("a")).isInstanceOf(IllegalStateException.class);
        assertThat(live.size()).isZero();

        live.bind(stores, NOW);
        live.clearCache();
        assertThat(live.isBound()).isFalse();

        live.bind(stores, NOW);
        live.close();
        assertThat(live.isBound()).isFalse();
        assertThat(live.isOpen()).isFalse();
    }

    @Test
    void a_commit_writes_the_journal_and_half_a_minute_later_the_rows() {
        start();
        apply("a");
        live.flushCache();
        assertThat(stores.sessions().all().hasNext()).isFalse();
        assertThat(stores.journal().approximateNumEntries()).isEqualTo(1);

        live.tick(NOW + 29_999);
        live.flushCache();
        assertThat(stores.journal().approximateNumEntries()).isEqualTo(1);

        live.tick(NOW + 30_000);
        live.flushCache();
        assertThat(stores.sessions().all().hasNext()).isTrue();
        assertThat(stores.activity().all().hasNext()).isTrue();
        assertThat(stores.journal().approximateNumEntries()).isZero();
    }

    @Test
    void half_a_chunk_of_new_facts_is_worth_writing_at_once() {
        start();
        for (int i = 0; i < 31; i++) {
            apply("k" + i);
        }
        live.flushCache();
        assertThat(stores.events().all().hasNext()).isFalse();

        apply("k31");
        live.flushCache();
        assertThat(stores.events().all().hasNext()).isTrue();
        assertThat(stores.journal().approximateNumEntries()).isZero();
    }

    @Test
    void nothing_is_written_for_what_was_only_replayed_until_there_is_a_record_to_write_behind() {
        start();
        for (int i = 0; i < 31; i++) {
            apply("k" + i);
        }
        live.flushCache();
        live.close();
        start();
        live.flushCache();

        assertThat(live.size()).isEqualTo(1);
        assertThat(stores.sessions().all().hasNext()).isFalse();

        apply("k31");
        live.flushCache();
        assertThat(stores.sessions().all().hasNext()).isTrue();
        assertThat(stores.journal().approximateNumEntries()).isZero();
    }

    @Test
    void a_journal_that_is_full_has_the_longest_dirty_sessions_written() {
        LiveSessions small = new LiveSessionsBuilder(
                        SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                        new LiveSessions.Bounds(64 << 20, 10, Duration.ofHours(1)),
                        new IndexMemory(64 << 20),
                        counted)
                .build();
        small.init(context.getStateStoreContext(), small);
        small.bind(stores, NOW);
        take(small, "a");

        small.flushCache();

        assertThat(stores.sessions().all().hasNext()).isTrue();
        assertThat(stores.journal().approximateNumEntries()).isZero();
    }

    @Test
    void a_commit_writes_for_a_while_the_longest_dirty_first_and_the_next_goes_on() {
        AtomicLong nanos = new AtomicLong();
        LiveSessions slow = new LiveSessions(
                SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                new LiveSessions.Bounds(64 << 20, 64 << 20, Duration.ofSeconds(30), Duration.ofMillis(200)),
                new IndexMemory(64 << 20),
                counted,
                () -> nanos.getAndAdd(Duration.ofMillis(100).toNanos()));
        slow.init(context.getStateStoreContext(), slow);
        slow.bind(stores, NOW);
        int inTime = 2 * WriteBehind.BETWEEN_LOOKS;
        for (int i = 0; i < inTime + 1; i++) {
            takeOf(slow, "s" + i);
        }
        assertThat(slow.hasDue()).isFalse();
        slow.tick(NOW + 30_000);

        slow.flushCache();

        assertThat(rowOf("s0")).isNotNull();
        assertThat(rowOf("s" + (inTime - 1))).isNotNull();
        assertThat(rowOf("s" + inTime)).isNull();
        assertThat(stores.journal().approximateNumEntries()).isPositive();
        assertThat(slow.hasDue()).isTrue();

        slow.flushCache();

        assertThat(rowOf("s" + inTime)).isNotNull();
        assertThat(stores.journal().approximateNumEntries()).isZero();
        assertThat(slow.hasDue()).isFalse();
    }

    private static void takeOf(LiveSessions live, String session) {
        RecordKey key = RecordKey.ofSession("local", session);
        HookEvent event = event(session);
        event.setSessionId(session);
        live.take(Bytes.wrap(key.toBytes()), Bodies.of(event), NOW, NOW);
    }

    private byte[] rowOf(String session) {
        return stores.sessions().get(Bytes.wrap(StoreKeys.session("local", session)));
    }
}
