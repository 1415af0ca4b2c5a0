/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.TraceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session reads the same before it is written, when it rests on its row, and from its rows alone. */
@Tag("any-java")
class OwnRowTest {

    private static final int[] LIMITS = {1, 3, 1000};

    private final Sessions sessions = new Sessions(64 << 20);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void reads_the_same_wherever_it_lies(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                sessions.tell(event(random, round));
            }
            List<Object> unwritten = all(sessions.reader(Sessions.NOW));
            sessions.write();

            assertThat(all(sessions.reader(Sessions.NOW))).isEqualTo(unwritten);
            assertThat(all(sessions.standbyReader(Sessions.NOW))).isEqualTo(unwritten);
        }
    }

    /** Mostly later than those of the rounds before. */
    private static HookEvent event(Random random, int round) {
        int n = random.nextInt(400);
        long time = random.nextInt(8) == 0 ? random.nextInt(1 + round * 1_000) : round * 1_000L + random.nextInt(2_000);
        HookEvent.Builder event = switch (random.nextInt(4)) {
            case 0 ->
                Sessions.event(FactId.prompt("p" + n), FactKind.PROMPT, time).setPrompt("prompt " + n);
            case 1 ->
                Sessions.event(FactId.toolEnd("u" + n), FactKind.TOOL_END, time).setOutcome(Outcome.FAILED);
            default -> Sessions.event(FactId.dedupKey("k" + n), FactKind.OTHER, time);
        };
        // Some are so large that few of them fill a row.
        int more = random.nextInt(12) == 0 ? 8_000 : 0;
        StringBuilder text = new StringBuilder("\"");
        random.ints(more, 0x4E00, 0x9000).forEach(c -> text.append((char) c));
        return event.setMetadata(text.append('"').toString())
                .setTraceId(random.nextInt(3) == 0 ? "trace-" + random.nextInt(30) : null)
                .build();
    }

    private static List<Object> all(InstanceReader reader) {
        List<Object> all = new ArrayList<>();
        all.add(reader.session("local", "s"));
        for (int limit : LIMITS) {
            List<TraceView> traces = Sessions.walk(
                    cursor -> reader.traces("local", "s", limit, cursor).orElseThrow(), limit);
            all.addAll(traces);
            for (TraceView trace : limit == 1 ? List.<TraceView>of() : traces) {
                all.add(reader.trace("local", "s", trace.id()));
                all.addAll(Sessions.walk(
                        cursor -> reader.traceEvents("local", "s", trace.id(), limit, cursor)
                                .orElseThrow(),
                        limit));
            }
            all.addAll(Sessions.walk(
                    cursor -> reader.events("local", "s", limit, cursor).orElseThrow(), limit));
        }
        return all;
    }
}
