/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** Voight's answer: 202 with the ids that the event and its agent have, whichever collector is asked; 410 of a deleted agent. */
final class EventReply {

    private EventReply() {}

    static void send(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        if (mapped.events().isEmpty()) {
            ErrorReplies.agentDeleted(context, mapped.refused().get(0).issues());
            return;
        }
        HookEvent event = mapped.events().get(0);
        String eventId = FactId.eventId(RecordKey.of(event), event.getId());
        ObjectNode body = SourceJson.newObject()
                .put("id", eventId)
                .put("accepted", true)
                .put("agentId", event.getAgentId())
                .put("eventId", eventId);
        ErrorReplies.putStop(body, admitted.stopReason());
        ErrorReplies.json(context, HttpStatus.ACCEPTED, body);
    }
}
