/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.registry.RegistryUnavailableException;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.Events;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.shard.Driver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Records in Confluent's frame, beside those that need no registry. */
class FramesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int ID = 300;
    private static final byte[] KEY = RecordKey.ofSession("local", "s").toBytes();
    private static final WriterSchemas SCHEMAS = id -> HookEvent.getClassSchema();

    private final SingleObjectFormat format = new SingleObjectFormat();

    @Test
    void both_frames_end_in_the_same_session() {
        try (Driver driver = driver(1, SCHEMAS)) {
            driver.send(event("a", NOW), NOW.toEpochMilli());
            send(driver, framed(event("b", NOW)));
            send(driver, framed(event("a", NOW)));

            SessionView session = driver.reader(NOW).session("local", "s").orElseThrow();
            assertThat(session.figures().events()).isEqualTo(2);
            driver.advance(Duration.ofMinutes(1));
            assertThat(driver.reader(NOW).session("local", "s").orElseThrow().figures())
                    .as("after it was written")
                    .isEqualTo(session.figures());
        }
    }

    @Test
    void a_time_that_is_too_far_ahead_is_set_back_in_either_frame() {
        try (Driver driver = driver(1, SCHEMAS)) {
            send(driver, framed(event("a", NOW.plus(Duration.ofHours(1)))));

            assertThat(driver.reader(NOW).session("local", "s").orElseThrow().lastEventAt())
                    .isEqualTo(NOW);
        }
    }

    @Test
    void a_record_in_the_wrong_partition_goes_on_as_it_came() {
        byte[] record = framed(event("a", NOW));
        // Of so many partitions the driver's own is not the key's.
        try (Driver driver = driver(7, SCHEMAS)) {
            send(driver, record);

            assertThat(driver.output(Topics.REKEY).readRecordsToList())
                    .extracting(TestRecord::value)
                    .containsExactly(record);
        }
    }

    @Test
    void without_a_registry_it_goes_to_the_dead_letters_naming_the_setting() {
        try (Driver driver = driver(1, WriterSchemas.none())) {
            send(driver, framed(event("a", NOW)));

            List<TestRecord<byte[], byte[]>> dead =
                    driver.output(Topics.DEAD_LETTERS).readRecordsToList();
            assertThat(dead).hasSize(1);
            assertThat(new String(
                            dead.get(0).headers().lastHeader("muster.reason").value(), UTF_8))
                    .isEqualTo("the record is framed with a schema registry's id (300),"
                            + " and MUSTER_SCHEMA_REGISTRY_URL is not set");
        }
    }

    @Test
    void a_registry_that_is_away_stops_the_task_and_loses_nothing() {
        WriterSchemas away = id -> {
            throw new RegistryUnavailableException("The schema registry is not available.");
        };
        try (Driver driver = driver(1, away)) {
            assertThatThrownBy(() -> send(driver, framed(event("a", NOW))))
                    .isInstanceOf(StreamsException.class)
                    .hasStackTraceContaining("The schema registry is not available.");
            assertThat(driver.output(Topics.DEAD_LETTERS).isEmpty()).isTrue();
        }
    }

    private static Driver driver(int partitions, WriterSchemas schemas) {
        return new Driver(partitions, Duration.ofDays(30), 64 << 20, NOW, schemas);
    }

    private static void send(Driver driver, byte[] record) {
        driver.send(Topics.HOOK_EVENTS, KEY, record, NOW.toEpochMilli());
    }

    private byte[] framed(HookEvent event) {
        byte[] record = format.write(event);
        return ByteBuffer.allocate(record.length - 5)
                .put((byte) 0)
                .putInt(ID)
                .put(record, SingleObjectFormat.HEADER_BYTES, record.length - SingleObjectFormat.HEADER_BYTES)
                .array();
    }

    private static HookEvent event(String id, Instant time) {
        return Events.at(FactId.dedupKey(id), FactKind.OTHER, time.toEpochMilli())
                .setAgentLabel("bot")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSource(Source.SDK)
                .build();
    }
}
