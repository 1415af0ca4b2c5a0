/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.LatestMap;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of subagents that are open, so that those end whose own end is never told: versions of Claude Code send no
 * {@code PostToolUse} for the tool {@code Agent}, but {@code SubagentStop} when the subagent has stopped and {@code Stop} when the turn
 * has. When both were told, so many calls have ended as subagents stopped, the earliest first. What the client tells of an end
 * later is merged with it, as any copy is.
 *
 * <p>The latest turns are remembered. After a restart the calls of a turn that was at work stay open.
 */
final class SubagentCalls {

    private static final List<String> TOOLS = List.of("Agent", "Task");
    private static final int TURNS = 10_000;

    private record Turn(
            String account,
            @Nullable String session,
            @Nullable String prompt) {}

    private static final class Calls {
        private final Map<String, HookEvent> open = new LinkedHashMap<>();
        private int stopped;
    }

    static {
        HookEvents.trust();
    }

    private final Map<Turn, Calls> turns = LatestMap.byUse(TURNS);

    /** Takes a hook in; answers the ends of calls that it shows to have ended. */
    synchronized List<HookEvent> ends(HookEvent hook) {
        Turn turn = new Turn(hook.getAccount(), hook.getSessionId(), hook.getTraceId());
        String call = hook.getToolUseId();
        String tool = hook.getToolName();
        boolean isOfSubagent = call != null && tool != null && TOOLS.contains(tool);
        if (hook.getKind() == FactKind.TOOL_START && isOfSubagent) {
            turns.computeIfAbsent(turn, first -> new Calls()).open.put(call, hook);
        }
        Calls calls = turns.get(turn);
        if (calls == null) {
            return List.of();
        }
        if (hook.getKind() == FactKind.TOOL_END && isOfSubagent) {
            boolean wasOpen = calls.open.remove(call) != null;
            calls.stopped -= wasOpen && calls.stopped > 0 ? 1 : 0;
        } else if ("SubagentStop".equals(hook.getHookEvent())) {
            calls.stopped++;
        } else if ("Stop".equals(hook.getHookEvent()) || hook.getKind() == FactKind.FAILED_TURN) {
            turns.remove(turn);
            return ends(calls, hook);
        }
        return List.of();
    }

    private static List<HookEvent> ends(Calls calls, HookEvent stop) {
        List<HookEvent> ends = new ArrayList<>();
        calls.open.values().stream().limit(calls.stopped).forEach(start -> ends.add(end(start, stop)));
        return ends;
    }

    private static HookEvent end(HookEvent start, HookEvent stop) {
        HookEvent end = HookEvent.newBuilder(start).build();
        end.setId(FactId.toolEnd(start.getToolUseId()));
        end.setKind(FactKind.TOOL_END);
        end.setPhase(Phase.POST);
        end.setOutcome(Outcome.SUCCESS);
        end.setHookEvent(stop.getHookEvent());
        end.setTimestamp(stop.getTimestamp());
        end.setReceivedAt(stop.getReceivedAt());
        ObjectNode why = SourceJson.newObject().put("endedBy", "SubagentStop");
        end.setMetadata(Metadata.bounded(why).orElse(null));
        return end;
    }
}
