/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.ingest.source.SourceJson;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The answer to a transcript's lines: how many events they told, and which of them were refused. */
final class TranscriptReply {

    private TranscriptReply() {}

    static void send(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        ObjectNode body = SourceJson.newObject()
                .put("accepted", mapped.events().size())
                .put(
                        "ignored",
                        mapped.ignored().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
        ArrayNode refused = body.putArray("refused");
        for (Refusal refusal : mapped.refused()) {
            ErrorReplies.refused(refused.addObject().put("line", refusal.index()), refusal);
        }
        ErrorReplies.putStop(body, admitted.stopReason());
        ErrorReplies.json(context, HttpStatus.ACCEPTED, body);
    }
}
