/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Maps a model request in Claude Code's telemetry to an event, the same for log events and for spans. */
final class ClaudeCodeRequests {

    /** The names of the ordinary speed. */
    private static final Set<String> USUAL = Set.of("normal", "standard");

    /** How the sources of requests begin that are of the conversation, or of a subagent's. */
    private static final List<String> CONVERSATION = List.of("main", "sdk", "repl_main_thread", "subagent", "agent:");

    /** 1 USD in 1e-12 USD. */
    private static final int PICO_DIGITS = 12;

    /** No request costs more than a million USD. */
    private static final long MAX_USD = 1_000_000;

    private ClaudeCodeRequests() {}

    static HookEvent succeeded(TelemetryRecord record, Fields fields, Source source) {
        HookEvent event = begin(record, fields, source);
        event.setOutcome(Outcome.SUCCESS);
        event.setTokens(tokens(fields));
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("speed", Text.NAME).filter(speed -> !USUAL.contains(speed)).ifPresent(event::setSpeed);
        cost(fields).ifPresent(event::setReportedCostPicoUsd);
        event.setId(id(event, record));
        return event;
    }

    static HookEvent failed(TelemetryRecord record, Fields fields, Source source) {
        HookEvent event = begin(record, fields, source);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("status_code", Text.NAME)
                .or(() -> fields.text("error_class", Text.NAME))
                .ifPresent(event::setErrorType);
        fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        return event;
    }

    /** Creates a request's event with its model, subagent and the id that all copies of it share. */
    static HookEvent begin(TelemetryRecord record, Fields fields, Source source) {
        HookEvent event = ClaudeCode.begin(record, fields, source, FactKind.MODEL_REQUEST);
        event.setType(EventType.REASONING);
        fields.text("model", Text.NAME).ifPresent(event::setModel);
        fields.id("request_id").ifPresent(event::setRequestId);
        fields.text("agent.name", Text.NAME)
                .or(() -> subagentType(fields))
                .filter(type -> event.getSubagentId() != null)
                .ifPresent(event::setSubagentType);
        event.setAside(event.getSubagentId() == null
                && fields.text("query_source", Text.NAME)
                        .filter(Predicate.not(ClaudeCodeRequests::isOfConversation))
                        .isPresent());
        event.setId(id(event, record));
        return event;
    }

    /** Other requests are the client's own, such as one for a title. */
    private static boolean isOfConversation(String querySource) {
        return CONVERSATION.stream().anyMatch(querySource::startsWith);
    }

    /** The provider's id; without one the model and the tokens, which log events and spans both have. */
    private static String id(HookEvent event, TelemetryRecord record) {
        if (event.getRequestId() != null) {
            return FactId.request(event.getRequestId());
        }
        return event.getTokens() == null
                ? record.contentId()
                : FactId.request(null, event.getModel(), event.getTokens());
    }

    /** The last part of {@code agent:builtin:general-purpose}. */
    private static Optional<String> subagentType(Fields fields) {
        return fields.text("query_source", Text.NAME)
                .filter(source -> source.startsWith("agent:"))
                .map(source -> source.substring(source.lastIndexOf(':') + 1))
                .filter(type -> !type.isBlank());
    }

    /** The input is without the cache already. A cache write without a split counts as one of five minutes. */
    private static Tokens tokens(Fields fields) {
        Optional<Long> fiveMinutes = fields.count("cache_creation_5m_tokens");
        Optional<Long> hour = fields.count("cache_creation_1h_tokens");
        long written = fields.count("cache_creation_tokens").orElse(0L);
        boolean split = fiveMinutes.isPresent() || hour.isPresent();
        return new Tokens(
                fields.count("input_tokens").orElse(0L),
                fields.count("output_tokens").orElse(0L),
                fields.count("cache_read_tokens").orElse(0L),
                split ? fiveMinutes.orElse(0L) : written,
                hour.orElse(0L));
    }

    private static Optional<Long> cost(Fields fields) {
        fields.drop("cost_usd_micros");
        return fields.decimal("cost_usd", MAX_USD)
                .map(usd -> usd.movePointRight(PICO_DIGITS)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }
}
