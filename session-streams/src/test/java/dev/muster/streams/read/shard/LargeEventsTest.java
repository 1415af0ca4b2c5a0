/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.Events;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page of events lies in memory, so it has fewer where they are large. */
class LargeEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = NOW.toEpochMilli();
    private static final int EVENTS = 200;
    private static final String TEXT = "long ".repeat(800);

    private static final AuditFilter OF_SESSION = new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("s"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final Driver driver = new Driver(1, Duration.ofDays(30), 64 << 20, NOW);

    @AfterEach
    void close() {
        driver.close();
    }

    private static HookEvent large(int i) {
        return Events.at(FactId.dedupKey("k" + i), FactKind.OTHER, T - 1000 + i % 100)
                .setSessionId("s")
                .setTraceId("t")
                .setPrompt(TEXT)
                .setReasoning(TEXT)
                .setResponse(TEXT)
                .setToolDetail(TEXT)
                .setErrorMessage(TEXT)
                .build();
    }

    private static HookEvent event(AuditEntry entry) {
        return ((AuditEntry.Fact) entry).event().event();
    }

    private static long bytes(HookEvent event) {
        return new SingleObjectFormat().write(event).length;
    }

    @Test
    void a_page_has_about_a_mebibyte_of_them_and_the_next_goes_on() {
        for (int i = 0; i < EVENTS; i++) {
            driver.send(large(i), T);
        }
        InstanceReader reader = driver.reader(NOW);

        assertThat(walk(cursor -> reader.events("local", "s", 500, cursor).orElseThrow(), EventView::event))
                .isEqualTo(EVENTS);
        assertThat(walk(
                        cursor -> reader.traceEvents("local", "s", "t", 500, cursor)
                                .orElseThrow(),
                        EventView::event))
                .isEqualTo(EVENTS);
        assertThat(walk(cursor -> driver.audit(AuditFilter.ALL, 500, cursor), LargeEventsTest::event))
                .isEqualTo(EVENTS);
        assertThat(walk(cursor -> driver.audit(OF_SESSION, 500, cursor), LargeEventsTest::event))
                .isEqualTo(EVENTS);
    }

    /** How many there are on all pages together, each once. */
    private static <T> long walk(Function<Optional<String>, Page<T>> list, Function<T, HookEvent> event) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = list.apply(cursor);
            List<HookEvent> events = page.items().stream().map(event).toList();
            long all = events.stream().mapToLong(LargeEventsTest::bytes).sum();
            assertThat(all - bytes(events.get(events.size() - 1))).isLessThan(Page.MAX_EVENT_BYTES);
            assertThat(page.nextCursor().isEmpty() || all >= Page.MAX_EVENT_BYTES)
                    .as("a page of %s bytes that is not the last", all)
                    .isTrue();
            events.forEach(shown -> ids.add(shown.getId()));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(ids).doesNotHaveDuplicates();
        return ids.size();
    }
}
