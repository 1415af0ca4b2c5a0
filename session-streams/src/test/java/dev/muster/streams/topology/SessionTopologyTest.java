/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.Events;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceView;
import dev.muster.streams.read.shard.Driver;
import dev.muster.streams.read.shard.InstanceReader;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class SessionTopologyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = NOW.toEpochMilli();
    private static final long PLENTY = 64 << 20;

    private static HookEvent.Builder event(String session, String id, FactKind kind, long time) {
        return Events.at(id, kind, time).setSessionId(session);
    }

    private static Driver driver() {
        return new Driver(1, Duration.ofDays(30), PLENTY, NOW);
    }

    @Test
    void a_session_can_be_read_with_its_traces_and_events() {
        try (Driver driver = driver()) {
            driver.send(
                    event("s", FactId.dedupKey("start"), FactKind.OTHER, T - 10_000)
                            .build(),
                    T);
            driver.send(
                    event("s", FactId.prompt("p1"), FactKind.PROMPT, T - 9_000)
                            .setPrompt("Fix it")
                            .setTraceId("p1")
                            .build(),
                    T);
            driver.send(
                    event("s", FactId.request("r1"), FactKind.MODEL_REQUEST, T - 8_000)
                            .setSource(Source.OTLP_LOG)
                            .setModel("claude-sonnet-4-5-20250929")
                            .setTokens(new Tokens(1000L, 100L, 0L, 0L, 0L))
                            .setDurationMs(700L)
                            .build(),
                    T);
            driver.send(
                    event("s", FactId.toolEnd("u1"), FactKind.TOOL_END, T - 7_000)
                            .setTraceId("p1")
                            .setToolUseId("u1")
                            .setToolName("Bash")
                            .setOutcome(Outcome.FAILED)
                            .setDurationMs(300L)
                            .build(),
                    T);

            InstanceReader reader = driver.reader(NOW);
            SessionView session = reader.session("local", "s").orElseThrow();
            assertThat(session.title()).contains("Fix it");
            assertThat(session.status()).isEqualTo(Status.ERRORED);
            assertThat(session.traces()).isEqualTo(1);
            assertThat(session.figures().events()).isEqualTo(4);
            assertThat(session.figures().errors()).isEqualTo(1);
            assertThat(session.figures().costUsd()).hasValue(0.0045);
            assertThat(reader.sessions("local", 10, Optional.empty()).items()).containsExactly(session);
            assertThat(reader.sessions("other", 10, Optional.empty()).items()).isEmpty();

            List<TraceView> traces = reader.traces("local", "s", 10, Optional.empty())
                    .orElseThrow()
                    .items();
            assertThat(traces).hasSize(1);
            assertThat(traces.get(0).prompt()).contains("Fix it");
            assertThat(traces.get(0).figures().events()).isEqualTo(3);
            assertThat(reader.events("local", "s", 10, Optional.empty())
                            .orElseThrow()
                            .items())
                    .extracting(EventView::traceId)
                    .containsExactly(Optional.empty(), Optional.of("p1"), Optional.of("p1"), Optional.of("p1"));
            assertThat(reader.traceEvents("local", "s", "p1", 2, Optional.empty())
                            .orElseThrow()
                            .items())
                    .extracting(view -> view.event().getKind())
                    .containsExactly(FactKind.PROMPT, FactKind.MODEL_REQUEST);
            assertThat(reader.session("local", "t")).isEmpty();
            assertThat(reader.session("other", "s")).isEmpty();
        }
    }

    /** Hours that a laptop slept, or milliseconds where another unit was meant, are no work. */
    @Test
    void an_absurd_duration_is_counted_and_moves_no_bound() {
        try (Driver driver = driver()) {
            long day = Duration.ofHours(24).toMillis();
            driver.send(
                    event("s", "a", FactKind.OTHER, T).setDurationMs(day + 1).build(), T);
            driver.send(event("s", "b", FactKind.OTHER, T).setDurationMs(1000L).build(), T);
            driver.send(event("t", "c", FactKind.OTHER, T).setDurationMs(day).build(), T);

            InstanceReader reader = driver.reader(NOW);
            assertThat(reader.session("local", "s").orElseThrow().startedAt()).isEqualTo(NOW.minusMillis(1000));
            assertThat(reader.session("local", "t").orElseThrow().startedAt()).isEqualTo(NOW.minusMillis(day));
            assertThat(driver.counted("muster.sessions.absurd.durations")).isEqualTo(1);
        }
    }

    /** After a burst no event brings a commit: what one had no time for is written soon all the same. */
    @Test
    void sessions_that_are_due_are_written_while_no_events_come() {
        LiveSessions.Bounds hasty = new LiveSessions.Bounds(PLENTY, PLENTY, Duration.ofSeconds(30), Duration.ZERO);
        try (Driver driver = new Driver(1, Duration.ofDays(30), hasty, NOW, WriterSchemas.none())) {
            for (int i = 0; i < 200; i++) {
                driver.send(event("s" + i, "k", FactKind.OTHER, T).build(), T);
            }
            driver.advance(Duration.ofSeconds(40));
            assertThat(driver.live().hasDue()).isTrue();

            for (int i = 0; i < 4; i++) {
                driver.advance(Duration.ofMillis(500));
            }

            assertThat(driver.live().hasDue()).isFalse();
        }
    }

    @Test
    void an_account_without_a_name_is_no_account_also_in_the_very_first_record() {
        for (String session : List.of("s", "")) {
            try (Driver driver = driver()) {
                byte[] record = new SingleObjectFormat()
                        .write(event("s", FactId.dedupKey("k"), FactKind.OTHER, T)
                                .setAccount("")
                                .setSessionId(session.isEmpty() ? null : session)
                                .build());
                driver.send(Topics.HOOK_EVENTS, "/s".getBytes(UTF_8), record, T);

                assertThat(driver.output(Topics.DEAD_LETTERS).readRecordsToList())
                        .hasSize(1);
            }
        }
    }

    /** Whatever stands for what is no UTF-8, it is the same session each time. */
    @Test
    void events_of_a_session_whose_id_is_no_utf_8_are_one_session() {
        try (Driver driver = driver()) {
            for (int i = 0; i < 3; i++) {
                byte[] record = new SingleObjectFormat()
                        .write(event("XYZ", FactId.dedupKey("k" + i), FactKind.OTHER, T)
                                .build());
                int at = new String(record, ISO_8859_1).indexOf("XYZ");
                record[at] = (byte) 0xFF;
                byte[] key = "local/XYZ".getBytes(UTF_8);
                key[key.length - 3] = (byte) 0xFF;
                driver.send(Topics.HOOK_EVENTS, key, record, T);
            }

            assertThat(driver.live().size()).isEqualTo(1);
            assertThat(driver.reader(NOW)
                            .session("local", "\uFFFDYZ")
                            .orElseThrow()
                            .figures()
                            .events())
                    .isEqualTo(3);
        }
    }

    @Test
    void a_record_that_cannot_be_read_goes_to_the_dead_letters_with_the_reason() {
        try (Driver driver = driver()) {
            byte[] key = "local/s".getBytes(UTF_8);
            driver.send(Topics.HOOK_EVENTS, key, "{}".getBytes(UTF_8), T);
            byte[] cut = new SingleObjectFormat()
                    .write(event("s", FactId.dedupKey("k"), FactKind.OTHER, T).build());
            driver.send(Topics.HOOK_EVENTS, key, Arrays.copyOf(cut, cut.length - 1), T);
            driver.send(event("s", FactId.dedupKey("k"), FactKind.OTHER, T).build(), T);

            List<TestRecord<byte[], byte[]>> letters =
                    driver.output(Topics.DEAD_LETTERS).readRecordsToList();
            assertThat(letters).hasSize(2);
            assertThat(letters.get(0).getValue()).isEqualTo("{}".getBytes(UTF_8));
            assertThat(letters.get(0).getHeaders())
                    .extracting(Header::key)
                    .contains("muster.reason", "muster.topic", "muster.partition", "muster.offset");
            assertThat(new String(
                            letters.get(0)
                                    .getHeaders()
                                    .lastHeader("muster.reason")
                                    .value(),
                            UTF_8))
                    .contains("no wire format");
            assertThat(new String(
                            letters.get(1)
                                    .getHeaders()
                                    .lastHeader("muster.reason")
                                    .value(),
                            UTF_8))
                    .contains("does not fit the schema");
            assertThat(driver.reader(NOW)
                            .session("local", "s")
                            .orElseThrow()
                            .figures()
                            .events())
                    .isEqualTo(1);
        }
    }

    @Test
    void of_a_very_large_record_the_beginning_is_a_dead_letter() {
        try (Driver driver = driver()) {
            byte[] key = "k".repeat(DeadLetters.CUT_BYTES + 1).getBytes(UTF_8);
            byte[] value = "v".repeat(DeadLetters.MAX_BYTES).getBytes(UTF_8);
            driver.send(Topics.HOOK_EVENTS, key, value, T);
            driver.send(Topics.HOOK_EVENTS, new byte[0], value, T);

            List<TestRecord<byte[], byte[]>> letters =
                    driver.output(Topics.DEAD_LETTERS).readRecordsToList();
            assertThat(letters).hasSize(2);
            assertThat(letters.get(0).getKey()).isEqualTo(Arrays.copyOf(key, DeadLetters.CUT_BYTES));
            assertThat(letters.get(0).getValue()).isEqualTo(Arrays.copyOf(value, DeadLetters.CUT_BYTES));
            assertThat(letters.get(0).getHeaders().lastHeader("muster.size").value())
                    .asString(UTF_8)
                    .isEqualTo(Integer.toString(key.length + value.length));
            assertThat(letters.get(1).getValue()).isEqualTo(value);
            assertThat(letters.get(1).getHeaders().lastHeader("muster.size")).isNull();
        }
    }

    @Test
    void a_record_in_the_wrong_partition_is_sent_to_the_right_one_once() {
        // Of 4 partitions the driver runs the first; the keys below belong to others.
        try (Driver driver = new Driver(4, Duration.ofDays(30), PLENTY, NOW)) {
            List<HookEvent> events = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                events.add(
                        event("s" + i, FactId.dedupKey("k"), FactKind.OTHER, T).build());
            }
            events.forEach(event -> driver.send(event, T - 5));

            List<TestRecord<byte[], byte[]>> sent = driver.output(Topics.REKEY).readRecordsToList();
            assertThat(sent).isNotEmpty().hasSizeLessThan(40);
            assertThat(driver.reader(NOW)
                            .sessions("local", 100, Optional.empty())
                            .items())
                    .hasSize(40 - sent.size());
            assertThat(sent.get(0).timestamp()).isEqualTo(T - 5);
            assertThat(driver.events("rekeyed")).isEqualTo(sent.size());

            // The driver feeds what was sent back in, to this same partition: a second time is a time too many.
            assertThat(driver.output(Topics.DEAD_LETTERS).readRecordsToList()).hasSameSizeAs(sent);
        }
    }

    @Test
    void a_key_that_the_producer_made_up_does_not_matter() {
        try (Driver driver = driver()) {
            HookEvent event =
                    event("s", FactId.dedupKey("k"), FactKind.OTHER, T).build();
            driver.send(Topics.HOOK_EVENTS, "whatever".getBytes(UTF_8), new SingleObjectFormat().write(event), T);

            assertThat(driver.reader(NOW).session("local", "s")).isPresent();
        }
    }

    @Test
    void a_time_too_far_ahead_is_set_to_the_append_time_and_one_too_old_refused() {
        try (Driver driver = driver()) {
            driver.send(
                    event("s", FactId.dedupKey("a"), FactKind.OTHER, T + 301_000)
                            .build(),
                    T);
            driver.send(
                    event("s", FactId.dedupKey("b"), FactKind.OTHER, T + 299_000)
                            .build(),
                    T);
            driver.send(
                    event(
                                    "s",
                                    FactId.dedupKey("c"),
                                    FactKind.OTHER,
                                    T - Duration.ofDays(31).toMillis())
                            .build(),
                    T);

            SessionView session = driver.reader(NOW).session("local", "s").orElseThrow();
            assertThat(session.startedAt()).isEqualTo(NOW);
            assertThat(session.lastEventAt()).isEqualTo(NOW.plusMillis(299_000));
            assertThat(session.figures().events()).isEqualTo(2);
            assertThat(driver.events("too_old")).isEqualTo(1);
        }
    }

    @Test
    void an_event_without_a_session_belongs_to_none() {
        try (Driver driver = driver()) {
            driver.send(
                    event("s", FactId.dedupKey("k"), FactKind.OTHER, T)
                            .setSessionId(null)
                            .build(),
                    T);

            // What becomes of an event is counted a little later, at the latest when memory is left.
            driver.live().evictUnusedSince(T + 1);
            assertThat(driver.events("no_session")).isEqualTo(1);
            assertThat(driver.reader(NOW)
                            .sessions("local", 10, Optional.empty())
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void memory_holds_some_sessions_and_the_stores_all() {
        try (Driver driver = new Driver(1, Duration.ofDays(30), 80_000, NOW)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 100; i++) {
                    driver.send(
                            event("s" + i, FactId.dedupKey("k" + round), FactKind.OTHER, T + round * 1000L + i)
                                    .build(),
                            T);
                }
            }

            assertThat(driver.live().size()).isPositive().isLessThan(60);
            InstanceReader reader = driver.reader(NOW);
            List<SessionView> all = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                var page = reader.sessions("local", 7, cursor);
                all.addAll(page.items());
                cursor = page.nextCursor();
            } while (cursor.isPresent());
            assertThat(all).hasSize(100);
            assertThat(all).extracting(session -> session.figures().events()).containsOnly(3L);
            assertThat(all).extracting(SessionView::lastEventAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        }
    }

    @Test
    void retention_deletes_a_session_in_every_store() {
        try (Driver driver = new Driver(1, Duration.ofDays(1), PLENTY, NOW)) {
            driver.send(
                    event("old", FactId.prompt("p"), FactKind.PROMPT, T - 80_000_000)
                            .build(),
                    T);
            driver.send(event("new", FactId.prompt("p"), FactKind.PROMPT, T).build(), T);
            driver.advance(Duration.ofSeconds(10));
            assertThat(driver.reader(NOW).session("local", "old")).isPresent();

            driver.advance(Duration.ofHours(2));

            assertThat(driver.reader(NOW).session("local", "old")).isEmpty();
            assertThat(driver.reader(NOW).session("local", "new")).isPresent();
            for (String name : SessionStores.NAMES) {
                try (var rows = driver.store(name).all()) {
                    rows.forEachRemaining(row -> assertThat(new String(row.key.get(), UTF_8))
                            .as(name)
                            .doesNotContain("old"));
                }
            }
        }
    }
}
