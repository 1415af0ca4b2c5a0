/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.TraceView;
import java.time.Duration;

/** A trace with its figures, in a list and alone. */
public final class TraceJson {

    private TraceJson() {}

    /** The trace as a list shows it. */
    public static ObjectNode of(TraceView trace) {
        return figures(trace, "events");
    }

    /** The trace in the list of all sessions' traces. */
    public static ObjectNode of(SessionTraceView trace) {
        return placed(trace, "events");
    }

    /** A trace out of all sessions with a page of its events; their number is {@code eventCount}. */
    public static ObjectNode withEvents(SessionTraceView trace, Page<EventView> events) {
        ObjectNode json = placed(trace, "eventCount");
        Json.putPage(json, "events", events, EventJson::of);
        return json;
    }

    /** The trace alone: {@code events} is a page of them, and their number is {@code eventCount}. */
    public static ObjectNode withEvents(TraceView trace, Page<EventView> events) {
        ObjectNode json = figures(trace, "eventCount");
        Json.putPage(json, "events", events, EventJson::of);
        return json;
    }

    private static ObjectNode placed(SessionTraceView trace, String eventCount) {
        ObjectNode json = figures(trace.trace(), eventCount);
        json.put("sessionId", trace.session());
        json.putObject("agent").put("id", trace.agentId()).put("name", trace.agentName());
        return json;
    }

    private static ObjectNode figures(TraceView trace, String eventCount) {
        ObjectNode json = Json.object();
        json.put("id", trace.id());
        json.put("prompt", trace.prompt().orElse(null));
        json.put("startedAt", Times.iso(trace.startedAt()));
        json.put("endedAt", Times.iso(trace.endedAt()));
        json.put(
                "durationMs",
                Duration.between(trace.startedAt(), trace.endedAt()).toMillis());
        FiguresJson.putCounts(json, eventCount, trace.figures());
        FiguresJson.putMeasures(json, trace.figures());
        return json;
    }
}
