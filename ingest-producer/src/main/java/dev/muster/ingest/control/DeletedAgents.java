/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Reading;
import dev.muster.ingest.source.Reading.Part;
import dev.muster.ingest.source.Reading.Refusal;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Nothing is taken of an agent that was deleted, until it is restored. */
public final class DeletedAgents {

    private DeletedAgents() {}

    /** A reading of which the parts that tell of deleted agents are refused. */
    public static Reading refuse(Reading reading, Controls controls) {
        List<Part> taken = new ArrayList<>(reading.parts().size());
        List<Refusal> refused = new ArrayList<>(reading.refused());
        for (Part part : reading.parts()) {
            HookEvent event = part.events().get(0);
            if (controls.of(event.getAccount(), event.getAgentId()).isDeleted()) {
                refused.add(refusal(part.index(), event));
            } else {
                taken.add(part);
            }
        }
        if (taken.size() == reading.parts().size()) {
            return reading;
        }
        refused.sort(Comparator.comparingInt(Refusal::index));
        return new Reading(taken, refused, reading.ignored());
    }

    private static Refusal refusal(int index, HookEvent event) {
        Issue issue = Issue.at("The agent " + event.getAgentId() + " (" + event.getAgentLabel()
                + ") was deleted; nothing is taken of it until it is restored");
        return new Refusal(index, Refusal.Reason.AGENT_DELETED, List.of(issue));
    }
}
