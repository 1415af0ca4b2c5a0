/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Part;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does what was commanded of agents. Of a deleted one nothing is taken until it is restored. Of a paused one all is taken,
 * and whoever sends it is told to stop.
 */
public final class Gate {

    private final Controls controls;
    private final SessionAgents sessions = new SessionAgents();

    /**
     * A gate.
     *
     * @param controls what was commanded; it stays its owner's to close
     */
    public Gate(Controls controls) {
        this.controls = controls;
    }

    /** What of a reading may go on, as things stand now. */
    public Admitted admit(MappedBody mapped) {
        List<Part> taken = new ArrayList<>(mapped.parts().size());
        List<Refusal> refused = new ArrayList<>(mapped.refused());
        Map<Integer, String> stopReasons = new HashMap<>();
        for (Part part : mapped.parts()) {
            HookEvent event = part.events().get(0);
            String agentId = sessions.agentOf(event);
            AgentControl control = controls.of(event.getAccount(), agentId);
            if (control.isDeleted()) {
                refused.add(deleted(part.index(), agentId));
            } else {
                taken.add(part);
                control.pause().ifPresent(pause -> stopReasons.put(part.index(), stopReason(pause)));
            }
        }
        refused.sort(Comparator.comparingInt(Refusal::index));
        return new Admitted(new MappedBody(taken, refused, mapped.ignored(), mapped.isForeign()), stopReasons);
    }

    private static Refusal deleted(int index, String agentId) {
        Issue issue = Issue.at("The agent " + agentId + " was deleted; nothing of it is taken until it is restored");
        return new Refusal(index, Refusal.Reason.AGENT_DELETED, List.of(issue));
    }

    private static String stopReason(AgentControl.Pause pause) {
        String until = "This agent is paused in Muster until it is resumed there; " + pause.by() + " paused it at "
                + pause.at() + ".";
        return pause.reason().map(reason -> until + " Why: " + reason).orElse(until);
    }
}
