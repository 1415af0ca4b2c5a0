/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.Json;
import dev.muster.schemas.Version;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What those who run the service ask it: whether it lives, whether it is ready, its metrics. */
final class OperationRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Supplier<Optional<String>> notReadyBecause;
    private final InstantSource clock;
    private final Instant startedAt;

    OperationRoutes(PrometheusMeterRegistry registry, Supplier<Optional<String>> notReadyBecause, InstantSource clock) {
        this.registry = registry;
        this.notReadyBecause = notReadyBecause;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void addTo(Reads reads) {
        reads.addAtOnce("/health", this::health);
        reads.addAtOnce(
                "/health/live", request -> Answers.json(request, Json.object().put("status", "live")));
        reads.addAtOnce("/health/ready", this::ready);
        reads.addAtOnce(
                "/metrics", request -> request.contentType(PROMETHEUS_TEXT).result(registry.scrape(PROMETHEUS_TEXT)));
    }

    private void health(Context request) {
        Answers.json(
                request,
                Json.object()
                        .put("status", "ok")
                        .put("service", "muster")
                        .put(
                                "uptime",
                                Duration.between(startedAt, clock.instant()).toMillis() / 1000.0)
                        .put("version", Version.current()));
    }

    private void ready(Context request) {
        notReadyBecause
                .get()
                .ifPresentOrElse(
                        reason -> Problem.unavailable(reason).answer(request),
                        () -> Answers.json(request, Json.object().put("status", "ready")));
    }
}
