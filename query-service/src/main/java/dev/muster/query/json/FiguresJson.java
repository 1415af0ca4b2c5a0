/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.LatencyView;
import dev.muster.streams.read.ModelView;
import dev.muster.streams.read.ToolView;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The figures that sessions, traces and subagents share. */
final class FiguresJson {

    private FiguresJson() {}

    /** What is counted in single numbers: {@code events}, by the name given, to {@code transactions}. */
    static void putCounts(ObjectNode target, String events, FiguresView figures) {
        target.put(events, figures.events());
        target.put("toolCalls", figures.toolCalls());
        target.put("errors", figures.errors());
        target.put("denials", figures.denials());
        target.put("interrupts", figures.interrupts());
        target.put("orphans", figures.orphans());
        target.put("transactions", figures.transactions());
    }

    /** The figures of many sessions: without orphans, which are told by session. */
    static void putSums(ObjectNode target, FiguresView figures) {
        putCounts(target, "events", figures);
        target.remove("orphans");
        putMeasures(target, figures);
    }

    /** The compound figures: {@code tokens} to {@code tools}. */
    static void putMeasures(ObjectNode target, FiguresView figures) {
        putUsage(target, figures);
        ObjectNode latency = target.putObject("latency");
        latency.set("all", latency(figures.latencyAll()));
        latency.set("tools", latency(figures.latencyTools()));
        latency.set("models", latency(figures.latencyModels()));
        ArrayNode models = target.putArray("models");
        figures.models().forEach(models::add);
        ArrayNode modelSpend = target.putArray("modelSpend");
        figures.modelSpend().forEach(model -> modelSpend.add(model(model)));
        ArrayNode tools = target.putArray("tools");
        figures.tools().forEach(tool -> tools.add(tool(tool)));
    }

    /** What was used; where no source could tell it, null and not zero, and which sources would. */
    private static void putUsage(ObjectNode target, FiguresView figures) {
        if (figures.isUsageKnown()) {
            target.set("tokens", tokens(figures.tokens()));
            target.set("cost", cost(figures.costUsd(), figures.unpricedTokens(), figures.reportedUsd()));
            target.putArray("missing");
        } else {
            target.putNull("tokens");
            target.set("cost", unknownCost());
            target.putArray("missing").add("telemetry").add("transcript");
        }
    }

    static ObjectNode unknownCost() {
        return Json.object().putNull("usd").putNull("unpricedTokens").putNull("reportedUsd");
    }

    static ObjectNode tokens(TokenCounts tokens) {
        return Json.object()
                .put("input", tokens.input())
                .put("output", tokens.output())
                .put("cacheRead", tokens.cacheRead())
                .put("cacheWrite5m", tokens.cacheWrite5m())
                .put("cacheWrite1h", tokens.cacheWrite1h())
                .put("total", tokens.total());
    }

    static ObjectNode cost(OptionalDouble usd, long unpricedTokens, OptionalDouble reportedUsd) {
        ObjectNode json = Json.object();
        json.set("usd", decimal(usd));
        json.put("unpricedTokens", unpricedTokens);
        json.set("reportedUsd", decimal(reportedUsd));
        return json;
    }

    private static ObjectNode latency(LatencyView latency) {
        return Json.object()
                .put("count", latency.count())
                .put("p50Ms", number(latency.p50Ms()))
                .put("p95Ms", number(latency.p95Ms()));
    }

    private static ObjectNode model(ModelView model) {
        ObjectNode json = Json.object().put("model", model.name()).put("requests", model.requests());
        json.set("tokens", tokens(model.tokens()));
        putCost(json, model.costUsd(), model.unpricedTokens());
        return json;
    }

    /** A cost beside which nobody reports one of his own. */
    static void putCost(ObjectNode target, OptionalDouble usd, long unpricedTokens) {
        target.set("costUsd", decimal(usd));
        target.put("unpricedTokens", unpricedTokens);
    }

    private static ObjectNode tool(ToolView tool) {
        return Json.object()
                .put("name", tool.name())
                .put("calls", tool.calls())
                .put("errors", tool.errors())
                .put("totalMs", tool.totalMs());
    }

    private static @Nullable JsonNode decimal(OptionalDouble usd) {
        return usd.isPresent() ? Json.decimal(usd.getAsDouble()) : null;
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
