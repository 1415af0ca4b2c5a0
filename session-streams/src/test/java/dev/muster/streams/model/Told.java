/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.Events;
import org.jspecify.annotations.Nullable;

/** Events as tests tell them. */
final class Told {

    static final long START = 1_795_366_620_000L;

    private Told() {}

    static HookEvent.Builder event(String id, FactKind kind, long time) {
        return Events.at(id, kind, START + time).setSessionId("s1");
    }

    static HookEvent prompt(String id, long time, @Nullable String trace, String text) {
        return event(FactId.prompt(id), FactKind.PROMPT, time)
                .setTraceId(trace)
                .setPrompt(text)
                .build();
    }

    static HookEvent toolStart(String use, long time, @Nullable String trace) {
        return event(FactId.toolStart(use), FactKind.TOOL_START, time)
                .setTraceId(trace)
                .setToolUseId(use)
                .setToolName("Bash")
                .setOutcome(Outcome.PENDING)
                .build();
    }

    static HookEvent toolEnd(String use, long time, @Nullable String trace, Outcome outcome, long durationMs) {
        return event(FactId.toolEnd(use), FactKind.TOOL_END, time)
                .setTraceId(trace)
                .setToolUseId(use)
                .setToolName("Bash")
                .setOutcome(outcome)
                .setDurationMs(durationMs)
                .build();
    }

    static HookEvent request(String id, long time, @Nullable String trace, String model, Tokens tokens) {
        return event(FactId.request(id), FactKind.MODEL_REQUEST, time)
                .setSource(Source.OTLP_LOG)
                .setTraceId(trace)
                .setRequestId(id)
                .setModel(model)
                .setTokens(tokens)
                .setOutcome(Outcome.SUCCESS)
                .build();
    }

    static HookEvent failedTurn(String prompt, long time, @Nullable String trace) {
        return event(FactId.failedTurn(prompt), FactKind.FAILED_TURN, time)
                .setTraceId(trace)
                .setOutcome(Outcome.FAILED)
                .build();
    }
}
