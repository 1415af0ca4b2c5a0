/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Part;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.ingest.source.MappedBody.Refusal.Reason;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of each line of a body of many: 202 when all were taken, 207 when some were, 400 when none was. A line is
 * told by its place among those that are not blank, from 0, with the status that it would be answered alone.
 */
final class BulkReply {

    private BulkReply() {}

    static void send(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        int accepted = mapped.parts().size();
        int refused = mapped.refused().size();
        ObjectNode body = SourceJson.newObject().put("accepted", accepted).put("refused", refused);
        ArrayNode results = body.putArray("results");
        Map<Integer, Refusal> refusals =
                mapped.refused().stream().collect(Collectors.toMap(Refusal::index, Function.identity()));
        Iterator<Part> parts = mapped.parts().iterator();
        for (int line = 0; line < accepted + refused; line++) {
            ObjectNode result = results.addObject().put("line", line);
            Refusal refusal = refusals.get(line);
            if (refusal == null) {
                taken(result, parts.next().events().get(0));
                ErrorReplies.putStop(result, admitted.stopReason(line));
            } else {
                result.put("status", status(refusal).getCode());
                ErrorReplies.refused(result, refusal);
            }
        }
        if (accepted == 0) {
            putReasons(body, mapped.refused());
        }
        ErrorReplies.json(context, status(accepted, refused), body);
    }

    private static void taken(ObjectNode result, HookEvent event) {
        result.put("status", HttpStatus.ACCEPTED.getCode())
                .put("id", FactId.eventId(RecordKey.of(event), event.getId()))
                .put("agentId", event.getAgentId());
    }

    private static void putReasons(ObjectNode body, List<Refusal> refused) {
        boolean deleted = refused.stream().allMatch(refusal -> refusal.reason() == Reason.AGENT_DELETED);
        body.put("error", ErrorReplies.word(deleted ? Reason.AGENT_DELETED : Reason.INVALID))
                .put(
                        "message",
                        deleted
                                ? "Every line tells of a deleted agent; see results"
                                : "No line is an event that can be taken; see results");
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal.reason()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case AGENT_DELETED -> HttpStatus.GONE;
        };
    }

    private static HttpStatus status(int accepted, int refused) {
        if (refused == 0) {
            return HttpStatus.ACCEPTED;
        }
        return accepted == 0 ? HttpStatus.BAD_REQUEST : HttpStatus.MULTI_STATUS;
    }
}
