/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists are walked page by page: everything once and in order, wherever it stands. */
class PagingTest {

    private static final long PLENTY = 64 << 20;
    private static final int[] LIMITS = {1, 3, 7, 1000};

    private final Random random = new Random(3);

    @ParameterizedTest(name = "with {0} bytes of memory")
    @ValueSource(longs = {30_000, 150_000, PLENTY})
    void the_list_of_sessions(long maxLiveBytes) {
        Sessions sessions = new Sessions(maxLiveBytes);
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            String id = "s" + random.nextInt(60);
            long time = i * 400L + random.nextInt(50_000);
            sessions.tell(Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, time)
                    .setSessionId(id)
                    .build());
            last.merge(id, Sessions.T + time, Math::max);
            if (random.nextInt(10) == 0) {
                sessions.write();
            }
        }
        List<String> expected = last.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();

        for (int limit : LIMITS) {
            assertThat(idsOf(sessions.reader(Sessions.NOW), limit)).isEqualTo(expected);
        }
        sessions.write();
        for (int limit : LIMITS) {
            assertThat(idsOf(sessions.standbyReader(Sessions.NOW), limit))
                    .as("from rows that stand up to a minute early")
                    .isEqualTo(expected);
        }
    }

    private static List<String> idsOf(InstanceReader reader, int limit) {
        return Sessions.walk(cursor -> reader.sessions("local", limit, cursor), limit).stream()
                .map(SessionView::id)
                .toList();
    }

    @Test
    void a_sessions_events_while_their_chunks_change_in_memory() {
        Sessions sessions = new Sessions(PLENTY);
        List<HookEvent> told = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            // Later and earlier ones in turns: the first chunk takes in, and is split, as well as the last.
            long time = (random.nextBoolean() ? 1 : -1) * (long) random.nextInt(1 + i * 10);
            HookEvent event = Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, time)
                    .build();
            told.add(event);
            sessions.tell(event);
            if (random.nextInt(40) == 0) {
                sessions.write();
            }
            if (i % 60 == 59) {
                for (int limit : LIMITS) {
                    InstanceReader reader = sessions.reader(Sessions.NOW);
                    assertAll(
                            Sessions.walk(
                                    cursor -> reader.events("local", "s", limit, cursor)
                                            .orElseThrow(),
                                    limit),
                            told);
                }
            }
        }
    }

    private static void assertAll(List<EventView> events, List<HookEvent> expected) {
        assertThat(events).extracting(EventView::event).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(events)
                .extracting(view -> view.event().getTimestamp())
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void a_sessions_traces_and_their_events() {
        Sessions sessions = new Sessions(PLENTY);
        for (int i = 0; i < 120; i++) {
            int n = (i * 37) % 120;
            sessions.tell(Sessions.event(FactId.prompt("p" + n), FactKind.PROMPT, n * 1000L)
                    .setTraceId(n % 2 == 0 ? "trace-" + n : null)
                    .setPrompt("prompt " + n)
                    .build());
            sessions.tell(Sessions.event(FactId.dedupKey("k" + n), FactKind.OTHER, n * 1000L + 500)
                    .build());
            if (i % 17 == 0) {
                sessions.write();
            }
        }
        InstanceReader reader = sessions.reader(Sessions.NOW);
        for (int limit : LIMITS) {
            List<TraceView> traces = Sessions.walk(
                    cursor -> reader.traces("local", "s", limit, cursor).orElseThrow(), limit);
            assertThat(traces).hasSize(120);
            for (int n = 0; n < 120; n++) {
                TraceView trace = traces.get(n);
                assertThat(trace.prompt()).contains("prompt " + n);
                assertThat(trace.figures().events()).isEqualTo(2);
                assertThat(reader.trace("local", "s", trace.id())).contains(trace);
                assertThat(Sessions.walk(
                                cursor -> reader.traceEvents("local", "s", trace.id(), limit, cursor)
                                        .orElseThrow(),
                                limit))
                        .allSatisfy(event -> assertThat(event.traceId()).contains(trace.id()))
                        .extracting(event -> event.event().getId())
                        .containsExactly("prompt:p" + n, "key:k" + n);
            }
        }
    }

    @Test
    void an_event_that_comes_long_after_its_trace_began() {
        Sessions sessions = new Sessions(PLENTY);
        for (int i = 0; i < 60; i++) {
            sessions.tell(Sessions.event(FactId.prompt("p" + i), FactKind.PROMPT, i * 1000L)
                    .setTraceId("trace-" + i)
                    .build());
        }
        sessions.tell(Sessions.event(FactId.dedupKey("late"), FactKind.OTHER, 60_000)
                .setTraceId("trace-3")
                .build());
        sessions.write();

        Page<EventView> events = sessions.reader(Sessions.NOW)
                .events("local", "s", 100, Optional.empty())
                .orElseThrow();

        assertThat(events.items()).hasSize(61);
        assertThat(events.items().get(60).traceId()).contains("trace-3");
        assertThat(events.items().get(59).traceId()).contains("trace-59");
    }

    @Test
    void a_cursor_of_another_list_or_none_is_refused() {
        Sessions sessions = new Sessions(PLENTY);
        for (int i = 0; i < 3; i++) {
            sessions.tell(
                    Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, i).build());
        }
        InstanceReader reader = sessions.reader(Sessions.NOW);
        Optional<String> ofEvents =
                reader.events("local", "s", 1, Optional.empty()).orElseThrow().nextCursor();

        assertThat(ofEvents).isPresent();
        assertThatThrownBy(() -> reader.sessions("local", 1, ofEvents)).isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> reader.traces("local", "s", 1, Optional.of("%%%")))
                .isInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> reader.events("local", "s", 1, Optional.of("")))
                .isInstanceOf(InvalidCursorException.class);
    }
}
