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

/** Where every event begins, and the key that it travels under. */
public final class Events {

    private Events() {}

    /** An event of which nothing is known yet but who sent it, when, and of which agent it tells. */
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
