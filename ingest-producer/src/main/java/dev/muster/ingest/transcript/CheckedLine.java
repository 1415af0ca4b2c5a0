/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import java.time.Instant;

/**
 * A line that {@link LineCheck} found nothing wrong with, and where each of its events begins and ends.
 *
 * @param incoming the request that it came with
 * @param json the line
 * @param messages what the lines beside it tell
 */
record CheckedLine(Incoming incoming, ObjectNode json, Messages messages) {

    private static final String CLIENT = "claude-code";

    /** The line's fields. Each event reads its own, for what was cut is told of each event. */
    Fields fields() {
        return new Fields(json);
    }

    JsonNode message() {
        return json.path("message");
    }

    Content content() {
        return new Content(message().path("content"));
    }

    boolean isOfSubagent() {
        return json.path("isSidechain").asBoolean() || json.hasNonNull("agentId");
    }

    /** An event of which is known when and where it happened, in which session and subagent. */
    HookEvent begin(Fields fields, FactKind kind, EventType type) {
        String session = fields.id("sessionId").orElseThrow();
        HookEvent event = Events.begin(incoming, Source.TRANSCRIPT, label(session, fields));
        event.setClient(CLIENT);
        event.setKind(kind);
        event.setType(type);
        event.setSessionId(session);
        event.setTimestamp(Instant.parse(json.path("timestamp").textValue()).toEpochMilli());
        fields.id("promptId").ifPresent(event::setTraceId);
        fields.text("cwd", Text.PREVIEW).ifPresent(event::setCwd);
        fields.text("gitBranch", Text.NAME).ifPresent(branch -> event.setGit(new Git(null, branch, null, null)));
        fields.id("agentId").ifPresent(subagent -> {
            event.setSubagentId(subagent);
            fields.text("attributionAgent", Text.NAME).ifPresent(event::setSubagentType);
        });
        return event;
    }

    /** Keeps the client's version, and what was cut. The rest of a line repeats what is told elsewhere. */
    HookEvent end(HookEvent event, Fields fields) {
        ObjectNode kept = SourceJson.newObject();
        fields.text("version", Text.NAME).ifPresent(version -> kept.put("version", version));
        Metadata.bounded(fields.along(kept).rest()).ifPresent(event::setMetadata);
        return event;
    }

    private Label label(String session, Fields fields) {
        return incoming.agentLabel()
                .map(Label::explicit)
                .or(() -> fields.text("cwd", Text.PREVIEW)
                        .flatMap(cwd -> incoming.naming().label(CLIENT, cwd)))
                .orElseGet(() -> Label.session(CLIENT, session));
    }
}
