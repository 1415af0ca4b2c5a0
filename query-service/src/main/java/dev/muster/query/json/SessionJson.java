/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.SubagentView;
import java.time.Duration;

/** A session, the same in a list and alone. */
public final class SessionJson {

    private SessionJson() {}

    /** The session's document. */
    public static ObjectNode of(SessionView session) {
        ObjectNode json = Json.object();
        json.put("id", session.id());
        json.putObject("agent").put("id", session.agentId()).put("name", session.agentName());
        json.put("title", session.title().orElse(null));
        json.put("status", Words.of(session.status()));
        json.put("waiting", session.waiting());
        SurroundingsJson.put(json, session.surroundings());
        json.put("acknowledgedAt", session.acknowledgedAt().map(Times::iso).orElse(null));
        json.put("startedAt", Times.iso(session.startedAt()));
        json.put("lastEventAt", Times.iso(session.lastEventAt()));
        json.put(
                "durationMs",
                Duration.between(session.startedAt(), session.lastEventAt()).toMillis());
        json.put("activeMs", session.active().toMillis());
        FiguresJson.putCounts(json, "events", session.figures());
        json.put("traces", session.traces());
        FiguresJson.putMeasures(json, session.figures());
        ArrayNode subagents = json.putArray("subagents");
        session.subagents()
                .forEach(subagent ->
                        subagents.add(subagent(subagent, session.figures().isUsageKnown())));
        json.put("activityWindows", session.windows());
        json.put("truncated", session.truncated());
        return json;
    }

    private static ObjectNode subagent(SubagentView subagent, boolean isUsageKnown) {
        ObjectNode json = Json.object();
        json.put("id", subagent.id());
        json.put("type", subagent.type().orElse(null));
        json.put("traceId", subagent.traceId().orElse(null));
        json.put("toolCalls", subagent.toolCalls());
        json.set("tokens", isUsageKnown ? FiguresJson.tokens(subagent.tokens()) : null);
        json.set(
                "cost",
                isUsageKnown
                        ? FiguresJson.cost(subagent.costUsd(), subagent.unpricedTokens(), subagent.reportedUsd())
                        : FiguresJson.unknownCost());
        return json;
    }
}
