/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RowsTypeTest {

    private static final String TOPIC = "rows-to-write";
    private static final int ROWS = 200;
    private static final int READERS = 3;
    private static final int ROUNDS = 25;

    /** Short ones are closed most often. */
    private static final int ROWS_READ = 3;

    private final Path dir;

    RowsTypeTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /** RocksDB ends the process when it is asked after it was closed: what fails then is not this test, but all of them. */
    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void readers_at_work_when_a_store_is_closed_hear_that_it_is() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<FutureTask<String>> readers = new ArrayList<>();
            try (TopologyTestDriver driver = driver(dir.resolve("round-" + round))) {
                ReadOnlyKeyValueStore<Bytes, byte[]> rows = rows(driver);
                CountDownLatch reading = new CountDownLatch(READERS);
                for (int i = 0; i < READERS; i++) {
                    FutureTask<String> reader = new FutureTask<>(() -> readUntilItIsClosed(rows, reading));
                    readers.add(reader);
                    new Thread(reader, "reader").start();
                }
                reading.await();
            }
            for (FutureTask<String> reader : readers) {
                assertThat(reader.get()).contains("closed");
            }
        }
    }

    private static String readUntilItIsClosed(ReadOnlyKeyValueStore<Bytes, byte[]> rows, CountDownLatch reading) {
        try {
            while (true) {
                assertThat(rows.get(key(ROWS / 2))).hasSize(ROWS);
                try (KeyValueIterator<Bytes, byte[]> some = rows.range(key(0), key(ROWS_READ))) {
                    some.forEachRemaining(row -> assertThat(row.value).hasSize(ROWS));
                }
                reading.countDown();
            }
        } catch (InvalidStateStoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void an_iterator_shows_the_moment_at_which_it_was_asked_for() {
        try (TopologyTestDriver driver = driver(dir);
                KeyValueIterator<Bytes, byte[]> before = rows(driver).range(key(0), key(999))) {
            driver.getKeyValueStore(SessionStores.SESSIONS).delete(key(7));

            assertThat(before).toIterable().hasSize(ROWS);
            try (KeyValueIterator<Bytes, byte[]> after = rows(driver).range(key(0), key(999))) {
                assertThat(after).toIterable().hasSize(ROWS - 1);
            }
        }
    }

    @Test
    void a_store_that_is_not_here_is_said_to_be_missing() {
        assertThatThrownBy(() -> new RowsType().create(new NoStores(), SessionStores.SESSIONS))
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining("sessions is not on this instance");
    }

    private static Bytes key(int number) {
        return Bytes.wrap("row %03d".formatted(number).getBytes(UTF_8));
    }

    /** One store in RocksDB, with rows. */
    private static TopologyTestDriver driver(Path state) {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), TOPIC)
                .addProcessor("writer", Writer::new, "source")
                .addStateStore(SessionStores.builder(Stores.persistentKeyValueStore(SessionStores.SESSIONS)), "writer");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        TopologyTestDriver driver = new TopologyTestDriver(topology, properties);
        driver.createInputTopic(TOPIC, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new byte[1], new byte[1]);
        return driver;
    }

    private static ReadOnlyKeyValueStore<Bytes, byte[]> rows(TopologyTestDriver driver) {
        return new RowsType().create(new StoresOf(driver), SessionStores.SESSIONS);
    }

    private static final class Writer implements Processor<byte[], byte[], Void, Void> {

        private @Nullable KeyValueStore<Bytes, byte[]> rows;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            rows = context.getStateStore(SessionStores.SESSIONS);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            for (int i = 0; i < ROWS; i++) {
                Objects.requireNonNull(rows).put(key(i), new byte[ROWS]);
            }
        }
    }

    private static final class StoresOf implements StateStoreProvider {

        private final TopologyTestDriver driver;

        StoresOf(TopologyTestDriver driver) {
            this.driver = driver;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> List<T> stores(String name, QueryableStoreType<T> type) {
            StateStore store = driver.getKeyValueStore(name);
            assertThat(type.accepts(store)).isTrue();
            return List.of((T) store);
        }
    }

    private static final class NoStores implements StateStoreProvider {

        @Override
        public <T> List<T> stores(String name, QueryableStoreType<T> type) {
            return List.of();
        }
    }
}
