/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Events of one session from a small world, so that copies that contradict each other, equal times and late prompts are
 * frequent. Three kinds of senders: agents whose facts have natural keys and several sources, Voight's SDK in an editor,
 * and its library.
 */
final class RandomEvents {

    private static final int MINUTES = 300;

    private final Random random;
    private final int n;

    private RandomEvents(Random random) {
        this.random = random;
        n = random.nextInt(12);
    }

    static Arbitrary<List<HookEvent>> lists() {
        return lists(120);
    }

    static Arbitrary<List<HookEvent>> lists(int max) {
        return Arbitraries.randoms()
                .map(random -> new RandomEvents(random).event())
                .list()
                .ofMinSize(1)
                .ofMaxSize(max);
    }

    private HookEvent event() {
        return switch (random.nextInt(6)) {
            case 0 -> editor();
            case 1 -> library();
            default -> agent();
        };
    }

    private HookEvent agent() {
        FactKind kind = oneOf(FactKind.values());
        String id = switch (kind) {
            case TOOL_START -> FactId.toolStart("use-" + n);
            case TOOL_END -> FactId.toolEnd("use-" + n);
            case PROMPT -> FactId.prompt("prompt-" + n);
            case MODEL_REQUEST -> FactId.request("request-" + n);
            case FAILED_TURN -> FactId.failedTurn("prompt-" + n);
            case OTHER -> FactId.dedupKey("key-" + n);
        };
        HookEvent.Builder event = begun(id, kind).setSource(oneOf(Source.values()));
        if (maybe(3)) {
            event.setTraceId("trace-" + (maybe(8) ? random.nextInt(3) : n % 3));
        }
        if (kind == FactKind.TOOL_START || kind == FactKind.TOOL_END) {
            event.setToolUseId("use-" + n).setToolName("tool-" + (maybe(8) ? 7 : n % 2));
            event.setDenialType(kind == FactKind.TOOL_END && maybe(5) ? "user_rejected" : null);
        }
        if (kind == FactKind.PROMPT && maybe(2)) {
            event.setPrompt("prompt " + random.nextInt(5));
        }
        if (kind == FactKind.MODEL_REQUEST) {
            event.setModel(model()).setTokens(tokens(50)).setSpeed(maybe(5) ? "fast" : null);
        }
        if (maybe(4)) {
            event.setSubagentId("agent-" + (maybe(6) ? 1 : n % 4)).setSubagentType(maybe(2) ? "type-" + n % 3 : null);
        }
        if (kind == FactKind.OTHER && maybe(2)) {
            event.setHookEvent(oneOf(
                            "Notification",
                            "PermissionRequest",
                            "SessionEnd",
                            "Stop",
                            "PreCompact",
                            "PostCompact",
                            "compaction"))
                    .setMetadata(
                            maybe(2)
                                    ? null
                                    : "{\"notification_type\":\"" + oneOf("idle_prompt", "auth_success") + "\"}");
        }
        if (maybe(10)) {
            event.setTitle("title " + random.nextInt(5));
        }
        return event.build();
    }

    /** Without ids: starts and ends belong together by trace, tool and detail, and usage is repeated. */
    private HookEvent editor() {
        FactKind kind = oneOf(FactKind.TOOL_START, FactKind.TOOL_END, FactKind.PROMPT, FactKind.OTHER);
        HookEvent.Builder event = begun(FactId.dedupKey(kind + "-" + n + "-" + random.nextInt(4)), kind)
                .setSource(Source.SDK)
                .setEditor(true)
                .setTraceId(maybe(2) ? "trace-" + n % 3 : null);
        if (kind == FactKind.TOOL_START || kind == FactKind.TOOL_END) {
            event.setToolName("tool-" + n % 2).setToolDetail(maybe(2) ? "detail" : null);
        }
        if (maybe(2)) {
            event.setModel(model()).setTokens(tokens(2));
        }
        return event.build();
    }

    private HookEvent library() {
        HookEvent.Builder event = begun(FactId.content(new byte[] {(byte) n, (byte) random.nextInt(6)}), FactKind.OTHER)
                .setSource(Source.SDK)
                .setTraceId(maybe(2) ? "library-" + n % 2 : null)
                .setType(oneOf(EventType.values()))
                .setTransaction(maybe(4) ? "0xabc" : null);
        if (maybe(2)) {
            event.setModel(maybe(5) ? null : model()).setTokens(tokens(50));
        }
        return event.build();
    }

    /** What any event may tell. */
    private HookEvent.Builder begun(String id, FactKind kind) {
        HookEvent.Builder event = Told.event(id, kind, random.nextInt(MINUTES * 2) * 30_000L)
                .setReceivedAt(Told.START + random.nextInt(1000))
                .setAgentId("c" + random.nextInt(3))
                .setAgentLabel("label-" + random.nextInt(3))
                .setAgentLabelRank(oneOf(LabelRank.values()));
        if (maybe(2)) {
            event.setOutcome(oneOf(Outcome.values()));
            event.setInterrupted(maybe(4));
        }
        if (maybe(2)) {
            event.setDurationMs((long) (Math.pow(10, random.nextInt(9)) * random.nextDouble()));
        }
        if (maybe(3)) {
            event.setClient("client-" + random.nextInt(3));
        }
        if (maybe(4)) {
            event.setRepo(oneOf("web", "api", "github.com/acme/web", "github.com/acme/api"))
                    .setBranch(oneOf("main", "fix"))
                    .setHost(oneOf("ci-7", "laptop"))
                    .setUser(oneOf("jane", "joe"));
        }
        if (maybe(6)) {
            event.setAside(true).setBackground(oneOf("{}", "{\"tasks\":[{\"id\":\"b1\"}]}", "{\"crons\":[]}"));
        }
        if (maybe(6)) {
            event.setReportedCostPicoUsd((long) random.nextInt(1000));
        }
        return event;
    }

    private @Nullable String model() {
        return oneOf("free", "model-" + n % 2, "<synthetic>");
    }

    private Tokens tokens(int max) {
        return new Tokens((long) n, (long) random.nextInt(max), 1L, (long) random.nextInt(2), 0L);
    }

    private boolean maybe(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
