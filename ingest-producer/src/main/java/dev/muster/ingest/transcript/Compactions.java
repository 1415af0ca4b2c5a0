/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;

/** The line that stands where a conversation was made shorter. */
final class Compactions {

    private static final String BOUNDARY = "compact_boundary";

    private Compactions() {}

    static boolean isOne(ObjectNode line) {
        return line.path("type").asText().equals("system")
                && line.path("subtype").asText().equals(BOUNDARY);
    }

    static HookEvent of(CheckedLine line) {
        Fields fields = line.fields();
        HookEvent event = line.begin(fields, FactKind.OTHER, EventType.DECISION);
        event.setHookEvent(BOUNDARY);
        event.setId(fields.id("uuid")
                .filter(FactId::isUnique)
                .map(uuid -> FactId.dedupKey(BOUNDARY + ":" + uuid))
                .orElseGet(
                        () -> FactId.content(SourceJson.canonical(line.json()).getBytes(UTF_8))));
        return line.end(event, fields);
    }
}
