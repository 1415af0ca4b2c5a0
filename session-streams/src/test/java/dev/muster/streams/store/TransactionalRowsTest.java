/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Muster counts on in Kafka Streams' transactional stores: writer and readers see what is not committed, and a store that
 * is closed without a commit has never had it.
 */
class TransactionalRowsTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);

    private final Path dir;
    private final List<KeyValueStore<Bytes, byte[]>> opened = new ArrayList<>();

    TransactionalRowsTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @AfterEach
    void close() {
        opened.stream().filter(KeyValueStore::isOpen).forEach(KeyValueStore::close);
    }

    /** The two kinds of stores that Muster has. */
    static Stream<KeyValueBytesStoreSupplier> kinds() {
        return Stream.of(Stores.persistentKeyValueStore("rows"), Stores.inMemoryKeyValueStore("rows"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_writer_sees_what_it_has_not_committed(KeyValueBytesStoreSupplier kind) {
        KeyValueStore<Bytes, byte[]> store = open(kind.get());
        writeAbcAndCommit(store);
        write(store);

        assertSeesAllThatWasWritten(store);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readers_see_it_too(KeyValueBytesStoreSupplier kind) throws Exception {
        KeyValueStore<Bytes, byte[]> store = open(kind.get());
        writeAbcAndCommit(store);
        write(store);

        FutureTask<Boolean> reader = new FutureTask<>(() -> assertSeesAllThatWasWritten(store), true);
        new Thread(reader, "reader").start();
        assertThat(reader.get()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_iterator_shows_the_moment_at_which_it_was_asked_for(KeyValueBytesStoreSupplier kind) throws Exception {
        KeyValueStore<Bytes, byte[]> store = open(kind.get());
        writeAbcAndCommit(store);
        FutureTask<KeyValueIterator<Bytes, byte[]>> reader = new FutureTask<>(() -> store.range(key("a"), key("z")));
        new Thread(reader, "reader").start();
        KeyValueIterator<Bytes, byte[]> before = reader.get();
        KeyValueIterator<Bytes, byte[]> own = store.range(key("a"), key("z"));
        write(store);
        assertThat(rows(own)).containsExactly("a=1", "b=1", "c=1");
        store.commit(Map.of(CHANGELOG, 9L));

        assertThat(rows(before)).containsExactly("a=1", "b=1", "c=1");
    }

    @Test
    void a_store_that_is_closed_has_what_was_committed_and_nothing_else() {
        KeyValueBytesStoreSupplier kind = Stores.persistentKeyValueStore("rows");
        KeyValueStore<Bytes, byte[]> store = open(kind.get());
        writeAbcAndCommit(store);
        write(store);
        store.close();

        KeyValueStore<Bytes, byte[]> second = open(kind.get());
        assertThat(rows(second.all())).containsExactly("a=1", "b=1", "c=1");
        assertThat(second.committedOffset(CHANGELOG)).isEqualTo(3);
        write(second);
        second.commit(Map.of(CHANGELOG, 7L));
        second.close();

        KeyValueStore<Bytes, byte[]> third = open(kind.get());
        assertSeesAllThatWasWritten(third);
        assertThat(third.committedOffset(CHANGELOG)).isEqualTo(7);
    }

    private static void writeAbcAndCommit(KeyValueStore<Bytes, byte[]> store) {
        for (String name : List.of("a", "b", "c")) {
            store.put(key(name), "1".getBytes(UTF_8));
        }
        store.commit(Map.of(CHANGELOG, 3L));
    }

    /** Replaces b, takes c away, and adds two rows. */
    private static void write(KeyValueStore<Bytes, byte[]> store) {
        store.put(key("b"), "2".getBytes(UTF_8));
        store.delete(key("c"));
        store.put(key("d"), "2".getBytes(UTF_8));
        store.put(key("da"), "2".getBytes(UTF_8));
    }

    private static void assertSeesAllThatWasWritten(KeyValueStore<Bytes, byte[]> store) {
        assertThat(store.get(key("a"))).isEqualTo("1".getBytes(UTF_8));
        assertThat(store.get(key("b"))).isEqualTo("2".getBytes(UTF_8));
        assertThat(store.get(key("c"))).isNull();
        assertThat(rows(store.all())).containsExactly("a=1", "b=2", "d=2", "da=2");
        assertThat(rows(store.range(key("b"), key("d")))).containsExactly("b=2", "d=2");
        assertThat(rows(store.range(key("b"), null))).containsExactly("b=2", "d=2", "da=2");
        assertThat(rows(store.reverseRange(key("a"), key("d")))).containsExactly("d=2", "b=2", "a=1");
        assertThat(rows(store.prefixScan(key("d"), new BytesSerializer()))).containsExactly("d=2", "da=2");
    }

    private KeyValueStore<Bytes, byte[]> open(KeyValueStore<Bytes, byte[]> store) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 0), dir.toFile());
        store.init(context.getStateStoreContext(), store);
        opened.add(store);
        return store;
    }

    private static Bytes key(String name) {
        return Bytes.wrap(name.getBytes(UTF_8));
    }

    private static List<String> rows(KeyValueIterator<Bytes, byte[]> all) {
        List<String> found = new ArrayList<>();
        try (all) {
            all.forEachRemaining(
                    row -> found.add(new String(row.key.get(), UTF_8) + "=" + new String(row.value, UTF_8)));
        }
        return found;
    }
}
