/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any order of the same events, with any of them repeated and the session written and opened anew at any time. */
class SessionOrderTest {

    @Property(tries = 600)
    void order_repetition_and_reopening_change_nothing(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account inOrder = new Account().tellAll(events);

        Random random = new Random(seed);
        List<HookEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size() + 1)));
        Collections.shuffle(shuffled, random);
        Account other = new Account();
        for (HookEvent event : shuffled) {
            other.tell(event);
            switch (random.nextInt(8)) {
                case 0 -> other.reopen();
                case 1 -> other.write();
                default -> {}
            }
        }

        assertThat(other.lines()).isEqualTo(inOrder.lines());
        inOrder.reopen();
        assertThat(inOrder.lines()).isEqualTo(other.lines());
    }

    @Property(tries = 300)
    void a_session_equals_its_traces(@ForAll("events") List<HookEvent> events) {
        Account account = new Account().tellAll(events);
        SessionFigures all = account.figures();
        var traces = account.traces().values();

        assertThat(traces.stream().mapToLong(t -> t.figures().events()).sum())
                .isEqualTo(all.figures().events())
                .isEqualTo(events.stream().map(HookEvent::getId).distinct().count());
        assertThat(traces.stream().mapToLong(TraceFigures::errors).sum()).isEqualTo(all.errors());
        assertThat(traces.stream()
                        .mapToLong(t -> t.figures().openStartsBy(Long.MAX_VALUE))
                        .sum())
                .isEqualTo(all.figures().openStartsBy(Long.MAX_VALUE));
        assertThat(traces.stream().filter(t -> !t.id().isEmpty()).count()).isEqualTo(all.traces());
        assertThat(traces.stream()
                        .mapToLong(t -> t.figures().spend(false).picoUsd())
                        .sum())
                .isEqualTo(all.figures().spend(false).picoUsd());
    }

    @Provide
    Arbitrary<List<HookEvent>> events() {
        return Arbitraries.randoms()
                .map(random -> event(random))
                .list()
                .ofMinSize(1)
                .ofMaxSize(120);
    }

    /** Ids and traces from a small world, so that copies, collisions of time and late prompts are frequent. */
    private static HookEvent event(Random random) {
        int n = random.nextInt(12);
        FactKind kind = FactKind.values()[random.nextInt(FactKind.values().length)];
        Source source = Source.values()[random.nextInt(Source.values().length)];
        boolean editor = random.nextInt(6) == 0;
        String use = kind == FactKind.TOOL_START || kind == FactKind.TOOL_END ? "use-" + n : null;
        String trace = random.nextInt(3) == 0 || editor ? "trace-" + n % 3 : null;
        String id = switch (kind) {
            case TOOL_START -> FactId.toolStart("use-" + n);
            case TOOL_END -> FactId.toolEnd("use-" + n);
            case PROMPT -> FactId.prompt("prompt-" + n);
            case MODEL_REQUEST -> FactId.request("request-" + n);
            case FAILED_TURN -> FactId.failedTurn("prompt-" + n);
            case OTHER -> FactId.dedupKey("key-" + n);
        };
        if (editor) {
            source = Source.SDK;
            id = FactId.dedupKey(kind + "-" + n + "-" + random.nextInt(3));
            use = null;
        }
        HookEvent.Builder event = Told.event(id, kind, random.nextInt(300) * 30_000L)
                .setSource(source)
                .setEditor(editor)
                .setTraceId(trace)
                .setToolUseId(use)
                .setAgentLabel("label-" + random.nextInt(3))
                .setAgentLabelRank(LabelRank.values()[random.nextInt(LabelRank.values().length)]);
        if (kind == FactKind.TOOL_START || kind == FactKind.TOOL_END) {
            event.setToolName("tool-" + n % 2).setSubagentId(n % 4 == 0 ? "agent-" + n : null);
        }
        if (kind == FactKind.PROMPT && random.nextBoolean()) {
            event.setPrompt("prompt " + random.nextInt(5));
        }
        if (random.nextBoolean()) {
            event.setOutcome(Outcome.values()[random.nextInt(3)]);
        }
        if (random.nextBoolean()) {
            event.setDurationMs((long) random.nextInt(5000));
        }
        if (kind == FactKind.MODEL_REQUEST || editor) {
            event.setModel(random.nextBoolean() ? "free" : "model-" + n % 2)
                    .setTokens(new Tokens((long) n, (long) random.nextInt(editor ? 2 : 50), 1L, 0L, 0L));
        }
        return event.build();
    }
}
