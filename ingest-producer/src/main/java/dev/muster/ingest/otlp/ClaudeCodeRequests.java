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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;

/** What Claude Code's telemetry tells of a model request, in log events and spans alike. */
final class ClaudeCodeRequests {

    /** How an ordinary speed is called. */
    private static final Set<String> USUAL = Set.of("normal", "standard");

    /** 1 USD in 1e-12 USD. */
    private static final int PICO_DIGITS = 12;

    /** No request costs a million USD. */
    private static final double MOST_USD = 1e6;

    private ClaudeCodeRequests() {}

    static HookEvent succeeded(Told told, Fields fields, Source source) {
        HookEvent event = begin(told, fields, source);
        event.setOutcome(Outcome.SUCCESS);
        event.setTokens(tokens(fields));
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("speed", Text.NAME).filter(speed -> !USUAL.contains(speed)).ifPresent(event::setSpeed);
        cost(fields).ifPresent(event::setReportedCostPicoUsd);
        event.setId(id(event, told));
        return event;
    }

    static HookEvent failed(Told told, Fields fields, Source source) {
        HookEvent event = begin(told, fields, source);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("status_code", Text.NAME)
                .or(() -> fields.text("error_class", Text.NAME))
                .ifPresent(event::setErrorType);
        fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        return event;
    }

    /** A request of which is known who made it, and the id that it shares with its other copies. */
    static HookEvent begin(Told told, Fields fields, Source source) {
        HookEvent event = ClaudeCode.begin(told, fields, source, FactKind.MODEL_REQUEST);
        event.setType(EventType.REASONING);
        fields.text("model", Text.NAME).ifPresent(event::setModel);
        fields.id("request_id").ifPresent(event::setRequestId);
        fields.text("agent.name", Text.NAME)
                .or(() -> subagentType(fields))
                .filter(type -> event.getSubagentId() != null)
                .ifPresent(event::setSubagentType);
        event.setId(id(event, told));
        return event;
    }

    private static String id(HookEvent event, Told told) {
        if (event.getRequestId() != null) {
            return FactId.request(event.getRequestId());
        }
        return event.getTokens() == null
                ? told.contentId()
                : FactId.request(event.getTraceId(), event.getModel(), event.getTokens());
    }

    /** The last part of {@code agent:builtin:general-purpose}. */
    private static Optional<String> subagentType(Fields fields) {
        return fields.text("query_source", Text.NAME)
                .filter(source -> source.startsWith("agent:"))
                .map(source -> source.substring(source.lastIndexOf(':') + 1))
                .filter(type -> !type.isBlank());
    }

    /** Input is told without what came from a cache. A cache write without a split is one of five minutes. */
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
        return fields.value("cost_usd")
                .filter(usd -> usd.isNumber() && usd.doubleValue() >= 0 && usd.doubleValue() < MOST_USD)
                .map(usd -> BigDecimal.valueOf(usd.doubleValue())
                        .movePointRight(PICO_DIGITS)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }
}
