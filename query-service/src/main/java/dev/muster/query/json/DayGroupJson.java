/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionView;

/** A day group, in a list and alone with its sessions. */
public final class DayGroupJson {

    private DayGroupJson() {}

    /** The group as a list shows it. */
    public static ObjectNode of(DayGroupView group) {
        return figures(group, "sessions");
    }

    /** The group alone: {@code sessions} is a page of them, and their number is {@code sessionCount}. */
    public static ObjectNode withSessions(DayGroupView group, Page<SessionView> sessions) {
        ObjectNode json = figures(group, "sessionCount");
        Json.putPage(json, "sessions", sessions, SessionJson::of);
        return json;
    }

    private static ObjectNode figures(DayGroupView group, String sessionCount) {
        ObjectNode json = Json.object();
        json.putObject("agent").put("id", group.agentId()).put("name", group.agentName());
        json.put("day", group.day().toString());
        json.put("status", Words.of(group.status()));
        json.put(sessionCount, group.sessions());
        json.put("more", group.sessions() - 1);
        json.put("erroredSessions", group.erroredSessions());
        json.putObject("latestSession")
                .put("id", group.latestSessionId())
                .put("title", group.latestTitle().orElse(null));
        json.put("startedAt", Times.iso(group.startedAt()));
        json.put("lastEventAt", Times.iso(group.lastEventAt()));
        json.put("durationMs", group.duration().toMillis());
        json.put("activeMs", group.active().toMillis());
        json.put("traces", group.traces());
        FiguresJson.putSums(json, group.figures());
        return json;
    }
}
