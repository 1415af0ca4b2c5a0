/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.Reading;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControl;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which agents of a request are paused. Their events are taken like any other's; whoever sends them is told to stop. */
public final class PausedAgents {

    private final Map<String, String> stopReasons;

    private PausedAgents(Map<String, String> stopReasons) {
        this.stopReasons = stopReasons;
    }

    /** Those that a reading tells of. */
    public static PausedAgents of(Reading reading, Controls controls) {
        Map<String, String> stopReasons = new LinkedHashMap<>();
        Set<String> asked = new HashSet<>();
        for (HookEvent event : reading.events()) {
            String agentId = event.getAgentId();
            if (asked.add(agentId)) {
                controls.of(event.getAccount(), agentId)
                        .pause()
                        .ifPresent(pause -> stopReasons.put(agentId, stopReason(pause)));
            }
        }
        return new PausedAgents(stopReasons);
    }

    /** Why the agent of an event is to stop, in words for its user; empty while it may go on. */
    public Optional<String> stopReason(HookEvent event) {
        return Optional.ofNullable(stopReasons.get(event.getAgentId()));
    }

    /** Why the first of them is to stop; empty when none is paused. */
    public Optional<String> stopReason() {
        return stopReasons.values().stream().findFirst();
    }

    private static String stopReason(AgentControl.Pause pause) {
        String until = "This agent is paused in Muster until it is resumed there; " + pause.by() + " paused it at "
                + pause.at() + ".";
        return pause.reason().map(reason -> until + " Why: " + reason).orElse(until);
    }
}
