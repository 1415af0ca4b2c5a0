/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.Version;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/**
 * What those who run a program ask it: whether it lives, whether it is ready, its metrics. They are answered on the server's
 * own threads, and never wait for anything.
 */
public final class OperationRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final double MILLIS_PER_SECOND = 1000;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Health health;
    private final PrometheusMeterRegistry registry;

    /** Routes that tell of a program's health, and show a registry's metrics. */
    public OperationRoutes(Health health, PrometheusMeterRegistry registry) {
        this.health = health;
        this.registry = registry;
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        ReadRoutes.add(routes, "/health", this::summary);
        ReadRoutes.add(routes, "/health/live", request -> json(request, status("live")));
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
        json(request, summary);
    }

    private void ready(Context request) {
        health.notReadyBecause()
                .get()
                .ifPresentOrElse(reason -> ErrorBody.unavailable(reason).answer(request), () -> {
                    ObjectNode ready = status("ready");
                    health.note().get().ifPresent(text -> ready.put("note", text));
                    json(request, ready);
                });
    }

    private static ObjectNode status(String status) {
        return MAPPER.createObjectNode().put("status", status);
    }

    private static void json(Context request, ObjectNode document) {
        try {
            request.contentType("application/json").result(MAPPER.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written", e);
        }
    }
}
