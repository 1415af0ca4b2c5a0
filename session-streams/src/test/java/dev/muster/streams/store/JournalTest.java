/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("journal").get();

    private EventBody body(String key, String metadata) {
        HookEvent event = Events.at(FactId.dedupKey(key), FactKind.OTHER, 1)
                .setAgentLabel("bot")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSource(Source.SDK)
                .setMetadata(metadata)
                .build();
        return Bodies.of(event);
    }

    private static String noise(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        return text.toString();
    }

    private static List<String> replayed(Journal journal) {
        List<String> seen = new ArrayList<>();
        journal.replay((piece, appendTime, event) ->
                seen.add(piece + " " + appendTime + " " + event.text(EventBody.position("id"))));
        return seen;
    }

    private long pieces() {
        return store.approximateNumEntries();
    }

    @Test
    void what_was_flushed_is_replayed_in_order_by_whoever_opens_it_next() {
        Journal journal = new Journal(store);
        journal.add(10, body("a", "{}"));
        journal.add(11, body("b", "{}"));
        journal.flush();
        journal.add(12, body("c", "{}"));
        journal.flush();
        journal.add(13, body("lost with the transaction", "{}"));

        Journal next = new Journal(store);

        assertThat(replayed(next)).containsExactly("0 10 key:a", "0 11 key:b", "1 12 key:c");
        assertThat(next.current()).isEqualTo(2);
    }

    @Test
    void a_piece_stays_small_and_one_large_event_has_its_own() {
        Journal journal = new Journal(store);
        for (int i = 0; i < 100; i++) {
            journal.add(i, body("k" + i, noise(16_000, i)));
        }
        journal.add(100, body("large", noise(2 * Journal.PIECE_BYTES, 7)));
        journal.add(101, body("small", "{}"));
        journal.flush();

        assertThat(pieces()).isGreaterThan(4);
        List<Integer> sizes = new ArrayList<>();
        try (var rows = store.all()) {
            rows.forEachRemaining(row -> sizes.add(row.value.length));
        }
        assertThat(sizes.stream().filter(size -> size > Journal.PIECE_BYTES)).hasSize(1);
        assertThat(replayed(new Journal(store))).hasSize(102);
    }

    @Test
    void pieces_are_deleted_from_the_oldest_and_never_the_one_being_gathered() {
        Journal journal = new Journal(store);
        for (int i = 0; i < 4; i++) {
            journal.add(i, body("k" + i, noise(1000, i)));
            journal.flush();
        }
        try (var rows = store.all()) {
            List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            long lastTwo = (long) all.get(2).value.length + all.get(3).value.length;
            assertThat(journal.firstWithin(lastTwo)).isEqualTo(2);
            assertThat(journal.firstWithin(lastTwo - 1)).isEqualTo(3);
            assertThat(journal.firstWithin(0)).isEqualTo(4);
            assertThat(journal.firstWithin(Long.MAX_VALUE)).isZero();
        }

        journal.deleteBefore(2);
        assertThat(replayed(journal)).containsExactly("2 2 key:k2", "3 3 key:k3");
        journal.deleteBefore(100);
        assertThat(pieces()).isZero();
        journal.add(9, body("k9", "{}"));
        journal.flush();
        assertThat(replayed(new Journal(store))).containsExactly("4 9 key:k9");
    }

    @Test
    void a_damaged_piece_stops_the_start() {
        byte[] piece = ByteBuffer.allocate(40).putLong(1).putInt(10).array();
        store.put(Bytes.wrap(new byte[8]), piece);

        assertThatThrownBy(() -> replayed(new Journal(store))).isInstanceOf(RuntimeException.class);
    }
}
