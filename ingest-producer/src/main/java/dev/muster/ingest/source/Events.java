/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;

/** Creates the events of all sources. */
public final class Events {

    private Events() {}

    /** Creates an event with its account, agent, source and time of receipt set. */
    public static HookEvent begin(Incoming incoming, Source source, Label label) {
        HookEvent event = new HookEvent();
        event.setAccount(incoming.account());
        event.setAgentId(AgentId.of(incoming.account(), label.text()));
        event.setAgentLabel(label.text());
        event.setAgentLabelRank(label.rank());
        event.setSource(source);
        event.setKind(FactKind.OTHER);
        event.setType(EventType.DECISION);
        event.setTimestamp(incoming.receivedAt().toEpochMilli());
        event.setReceivedAt(incoming.receivedAt().toEpochMilli());
        return event;
    }
}
