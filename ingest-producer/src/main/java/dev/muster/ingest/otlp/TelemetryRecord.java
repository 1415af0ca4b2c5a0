/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import java.util.Optional;

/**
 * One log record or span, with its values as JSON whichever encoding it was sent in.
 *
 * @param signal which of the two it is
 * @param incoming the request that it came with
 * @param resource the attributes of the resource that sent it, such as {@code service.name}
 * @param scope the name of the instrumentation scope, empty if not given
 * @param name a span's name; a log record's event name, else its body where that is one word; may be empty
 * @param attributes the record's attributes: lists and maps nested, bytes in base64
 * @param body a log record's body; null's node for a span
 * @param times when it was
 * @param failed whether a span's status is an error, or a log record's severity is one
 * @param error the error message, empty if there is none
 * @param ids the ids of its trace and spans
 */
public record TelemetryRecord(
        Signal signal,
        Incoming incoming,
        ObjectNode resource,
        String scope,
        String name,
        ObjectNode attributes,
        JsonNode body,
        Times times,
        boolean failed,
        String error,
        Ids ids) {

    /** The service name of a sender that gives none, as the conventions define it. */
    private static final String UNKNOWN_SERVICE = "unknown_service";

    /** The two kinds of records that become events. */
    public enum Signal {
        /** A log record, {@link Times#start} and {@link Times#end} of which are one. */
        LOG,
        /** A span. */
        SPAN
    }

    /**
     * The times of a record: the sender's where they are from 1973 to 9999, else the time of receipt.
     *
     * @param start in epoch milliseconds
     * @param end in epoch milliseconds, not before the start
     * @param durationMs from start to end in milliseconds, rounded; 0 for a log record
     * @param sent the times exactly as they were sent, in nanoseconds
     */
    public record Times(long start, long end, long durationMs, String sent) {}

    /**
     * A record's ids in lower-case hexadecimal digits, each empty if it is missing or has a wrong length.
     *
     * @param trace of 32 digits
     * @param span of 16 digits: a span's own, or the one that a log record was written in
     * @param parent of 16 digits, a span's parent
     */
    public record Ids(Optional<String> trace, Optional<String> span, Optional<String> parent) {}

    /** The record's attributes, none of them consumed yet. */
    public Fields fields() {
        return new Fields(attributes);
    }

    /** The program that sent it, {@code service.name}. */
    public String client() {
        return new Fields(resource).text("service.name", Text.NAME).orElse(UNKNOWN_SERVICE);
    }

    /** The label that the sender chose: by its key or header, else by the resource attribute {@code muster.agent}. */
    public Optional<Label> chosenLabel() {
        return incoming.agentLabel()
                .or(() -> new Fields(resource).text("muster.agent", Label.MAX_LENGTH))
                .map(Label::explicit);
    }

    /** The label of last resort, the client's name. */
    public Label serviceLabel() {
        return new Label(Text.cut(client(), Label.MAX_LENGTH), LabelRank.SERVICE);
    }

    /** Creates an event with source, label, start time, client and name set; the dialect sets the rest. */
    public HookEvent begin(Source source, Label label) {
        HookEvent event = Events.begin(incoming, source, label);
        event.setTimestamp(times.start());
        event.setClient(client());
        if (!name.isBlank()) {
            event.setHookEvent(Text.cut(name, Text.NAME));
        }
        Whereabouts.describe(event, new Fields(attributes), new Fields(resource));
        return event;
    }

    /**
     * The id of a fact without a natural key: a hash of the record's content. It is the same in either encoding, in any
     * batch and at each attempt; sender and time of receipt are no part of it.
     */
    public String contentId() {
        ObjectNode content = SourceJson.newObject()
                .put("signal", signal.name())
                .put("name", name)
                .put("times", times.sent())
                .put("trace", ids.trace().orElse(""))
                .put("span", ids.span().orElse(""));
        content.set("attributes", attributes);
        content.set("body", body);
        return FactId.content(SourceJson.canonical(content).getBytes(UTF_8));
    }
}
