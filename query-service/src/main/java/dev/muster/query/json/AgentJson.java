/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.DayActivity;
import org.jspecify.annotations.Nullable;

/** An agent, in a list and with its profile. */
public final class AgentJson {

    private AgentJson() {}

    /** The agent as a list shows it. */
    public static ObjectNode of(AgentView agent) {
        ObjectNode json = Json.object();
        json.put("id", agent.id());
        json.put("displayName", agent.name());
        json.put("label", agent.label());
        json.put("framework", agent.framework().orElse(null));
        json.put("firstSeenAt", Times.iso(agent.firstSeenAt()));
        json.put("lastSeenAt", Times.iso(agent.lastSeenAt()));
        json.put("sessions", agent.sessions());
        json.set("paused", agent.pause().map(AgentJson::pause).orElse(null));
        json.put("deletedAt", agent.deletedAt().map(Times::iso).orElse(null));
        return json;
    }

    /**
     * The agent with what it did lately.
     *
     * @param audit how entries of the audit log are shown
     */
    public static ObjectNode of(AgentProfile profile, AuditJson audit) {
        ObjectNode json = of(profile.agent());
        FiguresJson.putSums(json.putObject("figures"), profile.figures());
        ArrayNode calendar = json.putArray("calendar");
        profile.calendar().forEach(day -> calendar.add(day(day)));
        ArrayNode sessions = json.putArray("recentSessions");
        profile.recentSessions().forEach(session -> sessions.add(SessionJson.of(session)));
        ArrayNode errors = json.putArray("recentErrors");
        profile.recentErrors().forEach(error -> errors.add(audit.of(error)));
        return json;
    }

    private static @Nullable ObjectNode pause(AgentControl.Pause pause) {
        return Json.object()
                .put("by", pause.by())
                .put("at", Times.iso(pause.at()))
                .put("reason", pause.reason().orElse(null));
    }

    private static ObjectNode day(DayActivity day) {
        ObjectNode json = Json.object();
        json.put("day", day.day().toString());
        json.put("sessions", day.sessions());
        json.put("events", day.events());
        json.put("toolCalls", day.toolCalls());
        json.put("errors", day.errors());
        json.set("tokens", FiguresJson.tokens(day.tokens()));
        FiguresJson.putCost(json, day.costUsd(), day.unpricedTokens());
        return json;
    }
}
