/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Reading;
import dev.muster.ingest.source.Reading.Refusal;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of each line of a body of many: 202 when all were taken, 207 when some were, 400 when none was. A line is
 * told by its place among those that are not blank, from 0.
 */
final class BulkReply {

    private BulkReply() {}

    static void send(Context context, Reading reading) {
        int accepted = reading.events().size();
        int refused = reading.refused().size();
        ObjectNode body = Json.newObject().put("accepted", accepted).put("refused", refused);
        ArrayNode results = body.putArray("results");
        Map<Integer, Refusal> refusals =
                reading.refused().stream().collect(Collectors.toMap(Refusal::index, Function.identity()));
        Iterator<HookEvent> events = reading.events().iterator();
        for (int line = 0; line < accepted + refused; line++) {
            ObjectNode result = results.addObject().put("line", line);
            Refusal refusal = refusals.get(line);
            if (refusal == null) {
                taken(result, events.next());
            } else {
                result.put("status", HttpStatus.BAD_REQUEST.getCode());
                Answers.invalid(result, refusal.issues());
            }
        }
        if (accepted == 0) {
            body.put("error", "validation_failed").put("message", "No line is an event; see results");
        }
        Answers.json(context, status(accepted, refused), body);
    }

    private static void taken(ObjectNode result, HookEvent event) {
        result.put("status", HttpStatus.ACCEPTED.getCode())
                .put("id", FactId.eventId(Events.key(event), event.getId()))
                .put("agentId", event.getAgentId());
    }

    private static HttpStatus status(int accepted, int refused) {
        if (refused == 0) {
            return HttpStatus.ACCEPTED;
        }
        return accepted == 0 ? HttpStatus.BAD_REQUEST : HttpStatus.MULTI_STATUS;
    }
}
