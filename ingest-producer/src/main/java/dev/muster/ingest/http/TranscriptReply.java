/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Reading;
import dev.muster.ingest.source.Reading.Refusal;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** The answer to a transcript's lines: how many events they told, and which of them were refused. */
final class TranscriptReply {

    private TranscriptReply() {}

    static void send(Context context, Admitted admitted) {
        Reading reading = admitted.reading();
        ObjectNode body = Json.newObject()
                .put("accepted", reading.events().size())
                .put(
                        "ignored",
                        reading.ignored().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
        ArrayNode refused = body.putArray("refused");
        for (Refusal refusal : reading.refused()) {
            Answers.refused(refused.addObject().put("line", refusal.index()), refusal);
        }
        Answers.tellToStop(body, admitted.stopReason());
        Answers.json(context, HttpStatus.ACCEPTED, body);
    }
}
