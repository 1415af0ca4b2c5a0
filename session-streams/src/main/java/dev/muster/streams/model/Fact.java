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
import dev.muster.streams.price.TokenCounts;
import org.jspecify.annotations.Nullable;

/** What the model counts of an event: derived from it alone, so that the same event always gives the same fact. */
final class Fact {

    private static final String SYNTHETIC = "<synthetic>";

    /** The hash of the fact's id. */
    final long id;

    final long time;
    final FactKind kind;
    /** The trace id that it was sent with. */
    final @Nullable String trace;

    /** The hash of {@link #trace}, 0 without one. */
    final long traceHash;
    /** What ties a tool call's start to its end, by the tool use id the end's own id; 0 for other facts. */
    final long pair;
    /** The request that an editor's repeated usage belongs to; 0 for other facts. */
    final long editorRequest;

    final boolean failed;
    final boolean denied;
    final boolean transaction;
    /** Milliseconds; -1 without one. */
    final long durationMs;

    final @Nullable String model;
    final @Nullable String speed;
    final @Nullable TokenCounts tokens;
    /** A model request that telemetry or a transcript tells of. */
    final boolean telemetryRequest;

    /** 1e-12 USD; -1 without one. */
    final long reportedPicoUsd;

    final @Nullable String tool;
    final @Nullable String subagent;
    final @Nullable String subagentType;
    final @Nullable String prompt;
    final @Nullable String title;
    final String agentId;
    final String label;
    final LabelRank labelRank;

    private Fact(HookEvent event) {
        id = Hashes.of(event.getId());
        time = event.getTimestamp();
        kind = event.getKind();
        trace = named(event.getTraceId());
        traceHash = trace == null ? 0 : Hashes.of(trace);
        pair = pairOf(event);
        failed = event.getOutcome() == Outcome.FAILED;
        denied = event.getDenialType() != null;
        transaction = event.getType() == EventType.TX || event.getTransaction() != null;
        durationMs = event.getDurationMs() == null ? -1 : event.getDurationMs();
        model = SYNTHETIC.equals(event.getModel()) ? null : named(event.getModel());
        speed = event.getSpeed();
        Tokens counts = SYNTHETIC.equals(event.getModel()) ? null : event.getTokens();
        tokens = counts == null ? null : countsOf(counts);
        editorRequest =
                event.getEditor() && tokens != null ? Hashes.of("request", trace, model, speed, tokens.toString()) : 0;
        telemetryRequest =
                kind == FactKind.MODEL_REQUEST && event.getSource() != Source.SDK && event.getSource() != Source.HOOK;
        reportedPicoUsd = event.getReportedCostPicoUsd() == null ? -1 : event.getReportedCostPicoUsd();
        tool = named(event.getToolName());
        subagent = named(event.getSubagentId());
        subagentType = event.getSubagentType();
        prompt = event.getPrompt();
        title = named(event.getTitle());
        agentId = event.getAgentId();
        label = event.getAgentLabel();
        labelRank = event.getAgentLabelRank();
    }

    static Fact of(HookEvent event) {
        return new Fact(event);
    }

    /** A producer of its own may tell anything, and a negative number would take away from the others. */
    private static TokenCounts countsOf(Tokens counts) {
        return new TokenCounts(
                Math.max(0, counts.getInput()),
                Math.max(0, counts.getOutput()),
                Math.max(0, counts.getCacheRead()),
                Math.max(0, counts.getCacheWrite5m()),
                Math.max(0, counts.getCacheWrite1h()));
    }

    boolean isPrompt() {
        return kind == FactKind.PROMPT;
    }

    /** The id of the trace that this prompt starts: its own, else one made from the prompt. */
    String startedTrace() {
        return trace != null ? trace : "prompt-" + Long.toHexString(id);
    }

    /**
     * Whether it belongs to the session's last prompt by time: it was sent without a trace id and starts none itself.
     */
    boolean fallsByTime() {
        return traceHash == 0 && !isPrompt();
    }

    private static long pairOf(HookEvent event) {
        if (event.getKind() != FactKind.TOOL_START && event.getKind() != FactKind.TOOL_END) {
            return 0;
        }
        String use = event.getToolUseId();
        return use != null
                ? Hashes.of(FactId.toolEnd(use))
                : Hashes.of("call", event.getTraceId(), event.getToolName(), event.getToolDetail());
    }

    private static @Nullable String named(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
