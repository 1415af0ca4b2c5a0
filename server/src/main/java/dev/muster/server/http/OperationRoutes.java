/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.Version;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Function;

/**
 * What those who run a program ask it: whether it lives, whether it is ready, its metrics. They are answered on the server's
 * own threads, and never wait for anything.
 */
public final class OperationRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final double MILLIS_PER_SECOND = 1000;

    private final Health health;
    private final PrometheusMeterRegistry registry;
    private final Function<JsonNode, byte[]> json;

    /**
     * Routes that tell of a program's health, and show a registry's metrics.
     *
     * @param json writes a document as the program's other answers are written
     */
    public OperationRoutes(Health health, PrometheusMeterRegistry registry, Function<JsonNode, byte[]> json) {
        this.health = health;
        this.registry = registry;
        this.json = json;
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        ReadRoutes.add(routes, "/health", this::summary);
        ReadRoutes.add(routes, "/health/live", request -> answer(request, status("live")));
        ReadRoutes.add(routes, "/health/ready", this::ready);
        ReadRoutes.add(
                routes,
                "/metrics",
                request -> request.contentType(PROMETHEUS_TEXT).result(registry.scrape(PROMETHEUS_TEXT)));
    }

    private void summary(Context request) {
        Duration up = Duration.between(health.startedAt(), health.clock().instant());
        ObjectNode summary = status("ok")
                .put("service", health.service())
                .put("uptime", up.toMillis() / MILLIS_PER_SECOND)
                .put("version", Version.current());
        health.cluster().get().ifPresent(id -> summary.put("cluster", id));
        answer(request, summary);
    }

    private void ready(Context request) {
        health.notReadyBecause()
                .get()
                .ifPresentOrElse(reason -> ErrorBody.unavailable(reason).answer(request), () -> {
                    ObjectNode ready = status("ready");
                    health.note().get().ifPresent(text -> ready.put("note", text));
                    answer(request, ready);
                });
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    private void answer(Context request, ObjectNode document) {
        request.contentType("application/json").result(json.apply(document));
    }
}
