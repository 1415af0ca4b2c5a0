/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A model request, told by a line for each part of its answer; the parts are copies of one fact. */
final class Requests {

    private static final String SYNTHETIC = "<synthetic>";

    /** How an ordinary speed and tier are called. */
    private static final Set<String> USUAL = Set.of("normal", "standard");

    private Requests() {}

    /**
     * A request, or a part of its answer. What the client answers in the model's place is none, unless it failed. If it had no
     * id, as without a connection, then the turn failed: hooks tell the same of it, and telemetry's request explains it.
     */
    static Optional<HookEvent> request(CheckedLine line) {
        Fields fields = line.fields();
        boolean failed = fields.flag("isApiErrorMessage").orElse(false);
        boolean synthetic = line.message().path("model").asText().equals(SYNTHETIC);
        if (synthetic && !failed) {
            return Optional.empty();
        }
        HookEvent event = line.begin(fields, FactKind.MODEL_REQUEST, EventType.REASONING);
        fields.id("requestId").ifPresent(event::setRequestId);
        if (failed) {
            if (synthetic && event.getRequestId() == null && event.getTraceId() != null) {
                event.setKind(FactKind.FAILED_TURN);
            }
            fail(event, line, fields);
        } else {
            event.setOutcome(Outcome.SUCCESS);
            line.content().text(Content.TEXT, fields).ifPresent(event::setResponse);
            line.content().text(Content.THINKING, fields).ifPresent(event::setReasoning);
        }
        if (!synthetic && line.message() instanceof ObjectNode message) {
            describeUse(event, line, fields.along(message));
        }
        event.setId(id(event, line, fields));
        return Optional.of(line.end(event, fields));
    }

    private static void fail(HookEvent event, CheckedLine line, Fields fields) {
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
        line.content().text(Content.TEXT, fields).ifPresent(event::setErrorMessage);
        fields.count("apiErrorStatus")
                .map(String::valueOf)
                .or(() -> fields.text("error", Text.NAME))
                .ifPresent(event::setErrorType);
    }

    private static void describeUse(HookEvent event, CheckedLine line, Fields message) {
        message.text("model", Text.NAME).ifPresent(event::setModel);
        line.messages().usage(line.message()).ifPresent(event::setTokens);
        message.object("usage")
                .map(message::along)
                .ifPresent(usage -> Stream.of("speed", "service_tier")
                        .flatMap(field -> usage.text(field, Text.NAME).stream())
                        .filter(speed -> !USUAL.contains(speed))
                        .findFirst()
                        .ifPresent(event::setSpeed));
    }

    /** Failures have no numbers to tell them apart, so one without the provider's id goes by its turn, else by its line. */
    private static String id(HookEvent event, CheckedLine line, Fields fields) {
        if (event.getRequestId() != null) {
            return FactId.request(event.getRequestId());
        }
        String prompt = event.getTraceId();
        if (event.getKind() == FactKind.FAILED_TURN && prompt != null) {
            return FactId.failedTurn(prompt);
        }
        return event.getTokens() == null || event.getOutcome() == Outcome.FAILED
                ? FactId.content(fields.id("uuid")
                        .orElseGet(() -> SourceJson.canonical(line.json()))
                        .getBytes(UTF_8))
                : FactId.request(null, event.getModel(), event.getTokens());
    }
}
