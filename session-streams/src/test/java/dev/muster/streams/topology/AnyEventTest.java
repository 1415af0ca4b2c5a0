/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.shard.Driver;
import dev.muster.streams.read.shard.InstanceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Whoever writes to the topic writes what they like: no record may stop the topology, or make a session that cannot be read. */
class AnyEventTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = NOW.toEpochMilli();
    private static final List<Long> NUMBERS =
            List.of(0L, 1L, -1L, 85L, T, T - 5000, T + 400_000, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Double> FRACTIONS =
            List.of(0.0, -0.0, 0.1, 1e308, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "p1",
            "claude-sonnet-4-5",
            "Notification",
            "\0",
            "/",
            "a\nb\u2028",
            "\ud83d\ude00".repeat(300),
            "\ud800",
            "{\"notification_type\": 7}",
            "[".repeat(5000),
            "x".repeat(20_000));

    @Property(tries = 200)
    void nothing_that_an_event_says_stops_the_topology(@ForAll Random random) {
        try (Driver driver = new Driver(1, Duration.ofDays(30), 1 << 16, NOW)) {
            int sent = 0;
            for (int i = 0; i < 40; i++) {
                byte[] record = new SingleObjectFormat().write(event(random));
                if (random.nextInt(4) == 0) {
                    record[random.nextInt(record.length)] = (byte) random.nextInt();
                }
                driver.send(Topics.HOOK_EVENTS, "any key".getBytes(UTF_8), record, T - random.nextInt(60_000));
                sent++;
            }
            driver.advance(Duration.ofMinutes(3));

            double counted = driver.events("new")
                    + driver.events("merged")
                    + driver.events("repeated")
                    + driver.events("too_old")
                    + driver.events("no_session");
            assertThat(counted
                            + driver.output(Topics.DEAD_LETTERS)
                                    .readRecordsToList()
                                    .size())
                    .isEqualTo(sent);
            read(driver);
        }
    }

    private static void read(Driver driver) {
        InstanceReader reader = driver.reader(NOW.plusSeconds(180));
        for (SessionView session :
                reader.sessions("local", 500, Optional.empty()).items()) {
            for (TraceView trace : reader.traces("local", session.id(), 500, Optional.empty())
                    .orElseThrow()
                    .items()) {
                assertThat(reader.traceEvents("local", session.id(), trace.id(), 500, Optional.empty()))
                        .as("events of trace «%s»", trace.id())
                        .isPresent();
            }
            assertThat(reader.events("local", session.id(), 500, Optional.empty())
                            .orElseThrow()
                            .items())
                    .hasSize((int) session.figures().events());
        }
        assertThat(driver.audit(AuditFilter.ALL)).isNotNull();
    }

    private static HookEvent event(Random random) {
        HookEvent event = (HookEvent) record(HookEvent.getClassSchema(), random);
        event.setAccount(random.nextInt(20) == 0 ? one(TEXTS, random) : "local");
        if (random.nextInt(10) != 0) {
            event.setSessionId(one(List.of("s1", "s2"), random));
        }
        if (random.nextInt(4) != 0) {
            event.setTimestamp(T - random.nextInt(100_000));
        }
        switch (random.nextInt(6)) {
            case 0 -> event.setId(FactId.prompt(one(TEXTS, random)));
            case 1 -> event.setId(FactId.toolStart("u" + random.nextInt(3)));
            case 2 -> event.setId(FactId.toolEnd("u" + random.nextInt(3)));
            case 3 -> event.setId(FactId.request("r" + random.nextInt(3)));
            case 4 -> event.setId(FactId.own());
            default -> event.setId(one(TEXTS, random));
        }
        return event;
    }

    private static SpecificRecord record(Schema schema, Random random) {
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), random));
        }
        return record;
    }

    private static @Nullable Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case UNION -> value(one(schema.getTypes(), random), random);
            case RECORD -> record(schema, random);
            case ENUM -> SpecificData.get().createEnum(one(schema.getEnumSymbols(), random), schema);
            case STRING -> one(TEXTS, random);
            case LONG -> one(NUMBERS, random);
            case DOUBLE -> one(FRACTIONS, random);
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException("no value is known of " + schema);
        };
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
