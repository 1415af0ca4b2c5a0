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
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import java.util.Optional;

/**
 * One log record or span as it was told, in JSON's terms whichever encoding it came in.
 *
 * @param signal which of the two it is
 * @param incoming the request that it came with
 * @param resource the attributes of what told it, such as {@code service.name}
 * @param scope the name of the instrumentation, empty if untold
 * @param name a span's name; a log record's event name, else its body where that is one word; may be empty
 * @param attributes the record's attributes: lists and maps nested, bytes in base64
 * @param body a log record's body; null's node for a span
 * @param times when it was
 * @param failed whether a span's status is an error, or a log record's severity is one
 * @param error the error in words, empty if untold
 * @param ids what ties it to others
 */
public record Told(
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

    /** By which name an agent is known that tells none: the conventions' own. */
    private static final String UNKNOWN_SERVICE = "unknown_service";

    /** The two kinds of records that tell of events. */
    public enum Signal {
        /** A log record, {@link Times#start} and {@link Times#end} of which are one. */
        LOG,
        /** A span. */
        SPAN
    }

    /**
     * When something was, by the sender's clock where that tells a time between 1973 and 9999, else by its receipt.
     *
     * @param start in epoch milliseconds
     * @param end in epoch milliseconds, not before the start
     * @param durationMs from start to end in milliseconds, rounded; 0 for a log record
     * @param sent the times exactly as they were sent, in nanoseconds
     */
    public record Times(long start, long end, long durationMs, String sent) {}

    /**
     * A record's ids in lower-case hexadecimal digits, each empty where it is untold or has another length than OTLP's.
     *
     * @param trace of 32 digits
     * @param span of 16 digits: a span's own, or the one that a log record was written in
     * @param parent of 16 digits, a span's parent
     */
    public record Ids(Optional<String> trace, Optional<String> span, Optional<String> parent) {}

    /** The record's attributes, none of them taken yet. */
    public Fields fields() {
        return new Fields(attributes);
    }

    /** The program that told it, {@code service.name}. */
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

    /** An event of which is known who told it, when it began and by which name; all else is the dialect's to say. */
    public HookEvent begin(Source source, Label label) {
        HookEvent event = Events.begin(incoming, source, label);
        event.setTimestamp(times.start());
        event.setClient(client());
        if (!name.isBlank()) {
            event.setHookEvent(Text.cut(name, Text.NAME));
        }
        return event;
    }

    /**
     * The id of a fact without a natural key: the record's content, the same in whichever encoding, batch or attempt it
     * is sent. Who sends it and when it is received are no part of it.
     */
    public String contentId() {
        ObjectNode content = Json.newObject()
                .put("signal", signal.name())
                .put("name", name)
                .put("times", times.sent())
                .put("trace", ids.trace().orElse(""))
                .put("span", ids.span().orElse(""));
        content.set("attributes", attributes);
        content.set("body", body);
        return FactId.content(Json.canonical(content).getBytes(UTF_8));
    }
}
