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
import java.time.Duration;
import java.time.InstantSource;

/** The answer to a transcript's lines: how many events they told, and which of them were refused. */
final class TranscriptReply {

    private final InstantSource clock;
    private final Duration retention;

    /**
     * Answers.
     *
     * @param retention for how long sessions are kept
     */
    TranscriptReply(InstantSource clock, Duration retention) {
        this.clock = clock;
        this.retention = retention;
    }

    void send(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        ObjectNode body = SourceJson.newObject()
                .put("accepted", mapped.events().size())
                .put("tooOld", tooOld(mapped))
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

    /** How many of the events are so old that they are not kept. */
    private long tooOld(MappedBody mapped) {
        long oldest = clock.instant().minus(retention).toEpochMilli();
        return mapped.events().stream()
                .filter(event -> event.getTimestamp() < oldest)
                .count();
    }
}
