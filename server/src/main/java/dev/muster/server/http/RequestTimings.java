/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long requests take, by method, route template and status: never by the ids in their paths. */
public final class RequestTimings {

    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterProvider<Timer> timer;

    /** Timings that a registry shows. */
    public RequestTimings(MeterRegistry registry) {
        timer = Timer.builder("muster.http.server.requests")
                .description("Answered requests and how long they took")
                .withRegistry(registry);
    }

    /** Records a request that was answered. */
    public void record(Context request, float millis) {
        timer.withTags(Tags.of(
                        "method", method(request.method()),
                        "route", route(request),
                        "status", Integer.toString(request.statusCode())))
                .record((long) (millis * NANOS_PER_MILLI), TimeUnit.NANOSECONDS);
    }

    private static String method(HandlerType method) {
        return HandlerType.commonHttp().contains(method) ? method.name() : "other";
    }

    private static String route(Context request) {
        @Nullable Endpoint matched = request.endpoints().matchedHttpEndpoint();
        return matched == null ? "none" : matched.path;
    }
}
