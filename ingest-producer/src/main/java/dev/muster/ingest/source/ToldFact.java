/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tool call or a model request with an id that is not unique, and what its sources have told of it. */
final class ToldFact {

    /** What one source tells of a fact once each: that a call began, that it ended, a request, and what describes its answer. */
    private static final int PARTS = 4;

    private static final int SOURCES = Source.values().length;

    private final int order;
    private final @Nullable String namedWithin;
    private @Nullable String prompt;
    private @Nullable String subagent;
    private boolean knowsSubagent;
    private @Nullable String tool;
    private @Nullable Tokens tokens;
    private boolean failed;
    /** By source the hash of what the call was given, 0 while it is unknown. */
    private final int[] details = new int[SOURCES];
    /** A bit for each part that a source has told. */
    private int told;
    /** The copies, each with its part. */
    private long[] copies = {};

    /** A fact that is first told by an event, after so many of its prompt with the same id. */
    ToldFact(HookEvent event, int order) {
        this.order = order;
        namedWithin = scopeOf(event);
    }

    /** The prompt that an event names, and the subagent within. */
    static @Nullable String scopeOf(HookEvent event) {
        return scope(event.getTraceId(), event.getSubagentId());
    }

    private static @Nullable String scope(@Nullable String prompt, @Nullable String subagent) {
        return prompt == null || subagent == null ? prompt : prompt + "/" + subagent;
    }

    @Nullable
    String scope() {
        return scope(prompt, subagent);
    }

    boolean isWithin(@Nullable String scope) {
        return Objects.equals(scope(), scope) || Objects.equals(namedWithin, scope);
    }

    int order() {
        return order;
    }

    /** The fact's id, for the part of it that an event tells. */
    String idOf(HookEvent event) {
        return FactId.within(event.getId(), namedWithin, order);
    }

    boolean hasCopy(HookEvent event, long copy) {
        if (hasTold(event)) {
            long marked = marked(event, copy);
            for (long known : copies) {
                if (known == marked) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasTold(HookEvent event) {
        return (told & (1 << part(event))) != 0;
    }

    private static int part(HookEvent event) {
        int part = switch (event.getKind()) {
            case TOOL_START -> 0;
            case TOOL_END -> 1;
            default -> describes(event) ? 3 : 2;
        };
        return event.getSource().ordinal() * PARTS + part;
    }

    /** Whether an event only describes the answer to a request that another tells of. */
    private static boolean describes(HookEvent event) {
        return event.getKind() == FactKind.MODEL_REQUEST
                && event.getTokens() == null
                && event.getOutcome() != Outcome.FAILED;
    }

    private static long marked(HookEvent event, long copy) {
        return copy * 31 + part(event);
    }

    /** Whether it is a request with the event's very numbers, which the event's source has not told. */
    boolean hasNumbersOf(HookEvent event) {
        Tokens now = event.getTokens();
        return now != null
                && tokens != null
                && RequestNumbers.areEqual(now, tokens)
                && !hasTold(event)
                && agrees(event);
    }

    /** Whether the event may tell of it: nothing speaks against it, and its source has not told that yet. */
    boolean mayBe(HookEvent event) {
        if (hasTold(event) || !agrees(event)) {
            return false;
        }
        if (event.getKind() != FactKind.MODEL_REQUEST) {
            return true;
        }
        boolean isFailed = event.getOutcome() == Outcome.FAILED;
        // Without a prompt, numbers alone say whose they are.
        boolean isOnlyDescribed = tokens == null && !failed && event.getTraceId() != null;
        return describes(event) ? !failed : isFailed ? failed : isOnlyDescribed;
    }

    private boolean agrees(HookEvent event) {
        String theirPrompt = event.getTraceId();
        boolean isOfPrompt = prompt == null || theirPrompt == null || prompt.equals(theirPrompt);
        boolean isOfSubagent =
                !knowsSubagent || !tellsSubagents(event) || Objects.equals(subagent, event.getSubagentId());
        int mine = details[event.getSource().ordinal()];
        int theirs = detail(event);
        return isOfPrompt
                && isOfSubagent
                && isOfTool(event.getToolName())
                && (mine == 0 || theirs == 0 || mine == theirs);
    }

    /** Telemetry may hide the names of tools that users add. */
    private boolean isOfTool(@Nullable String theirs) {
        return tool == null
                || theirs == null
                || tool.equals(theirs)
                || tool.startsWith("mcp")
                || theirs.startsWith("mcp");
    }

    /** Where these name no subagent, it was the session's own agent. */
    private static boolean tellsSubagents(HookEvent event) {
        return event.getSource() == Source.HOOK
                || event.getSource() == Source.TRANSCRIPT
                || event.getSubagentId() != null;
    }

    private static int detail(HookEvent event) {
        String detail = event.getToolDetail();
        return detail == null ? 0 : detail.hashCode();
    }

    void add(HookEvent event, long copy) {
        if (!hasCopy(event, copy)) {
            copies = Arrays.copyOf(copies, copies.length + 1);
            copies[copies.length - 1] = marked(event, copy);
        }
        told |= 1 << part(event);
        prompt = prompt == null ? event.getTraceId() : prompt;
        if (!knowsSubagent && tellsSubagents(event) && !describes(event)) {
            knowsSubagent = true;
            subagent = event.getSubagentId();
        }
        tool = tool == null ? event.getToolName() : tool;
        failed |= event.getOutcome() == Outcome.FAILED;
        int detail = detail(event);
        details[event.getSource().ordinal()] =
                detail == 0 ? details[event.getSource().ordinal()] : detail;
        Tokens now = event.getTokens();
        if (now != null && (tokens == null || now.getOutput() > tokens.getOutput())) {
            tokens = now;
        }
    }
}
