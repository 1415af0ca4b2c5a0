/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.auth.Callers;
import dev.muster.query.json.Json;
import dev.muster.query.permits.PermitGate;
import dev.muster.query.permits.ReadPermits;
import dev.muster.query.permits.RouteNeeds;
import dev.muster.query.routes.ApiRoutes;
import dev.muster.query.routes.ApiServices;
import dev.muster.query.routes.ErrorAnswers;
import dev.muster.query.routes.LoopbackHostGuard;
import dev.muster.server.http.Health;
import dev.muster.server.http.JettyListener;
import dev.muster.server.http.JsonErrorHandler;
import dev.muster.server.http.OperationRoutes;
import dev.muster.server.http.RequestTimings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.util.thread.ThreadPool;

/** The API over HTTP, from its start until it is closed. Requests need no Authorization header; one is ignored. */
public final class QueryService implements AutoCloseable {

    /** An id may hold any character, so a path may hold any that is percent-encoded. */
    private static final UriCompliance ANY_ENCODED_CHARACTER = UriCompliance.DEFAULT.with(
            "ANY_ENCODED_CHARACTER",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    private static final Duration IDLE_AT_CLOSE = Duration.ofSeconds(1);

    private final Javalin server;
    private final ReadPermits permits;
    private final PermitGate gate;

    private QueryService(Javalin server, ReadPermits permits, PermitGate gate) {
        this.server = server;
        this.permits = permits;
        this.gate = gate;
    }

    /**
     * Listens and answers.
     *
     * @param config where to listen
     * @param callers tells who sent a request
     * @param services what it answers from
     * @param clock tells where windows end, and how long the service is up
     * @param registry what {@code /metrics} shows; the requests' timings are added to it
     * @param notReadyBecause why {@code /health/ready} must say no, in a sentence; empty when it may say yes
     * @throws dev.muster.schemas.settings.InvalidSettingException if the port is taken or may not be listened on
     */
    public static QueryService start(
            QueryConfig config,
            Callers callers,
            ApiServices services,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause) {
        return start(config, callers, services, clock, registry, notReadyBecause, new ReadPermits());
    }

    /** The same with other permits, which are closed with this. */
    static QueryService start(
            QueryConfig config,
            Callers callers,
            ApiServices services,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause,
            ReadPermits permits) {
        JettyListener listener = JettyListener.bind(config.address(), ANY_ENCODED_CHARACTER, IDLE_AT_CLOSE);
        RouteNeeds needs = new RouteNeeds();
        PermitGate gate = new PermitGate(permits, needs);
        try {
            RequestTimings timings = new RequestTimings(registry);
            Javalin server = Javalin.create(javalin -> {
                configure(javalin);
                listener.addTo(javalin, new JsonErrorHandler(ErrorAnswers::ofStatus));
                javalin.jetty.modifyServer(jetty -> jetty.setHandler(gate));
                javalin.jetty.modifyServletContextHandler(
                        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
                javalin.requestLogger.http(
                        (request, millis) -> timings.record(request, millis + PermitGate.waitedMillis(request)));
                ErrorAnswers.addTo(javalin.routes);
                LoopbackHostGuard.addTo(javalin.routes);
                new ApiRoutes(javalin, callers, needs, gate).addAll(services, clock);
                new OperationRoutes(Health.of("muster", clock, notReadyBecause), registry, Json::write)
                        .addTo(javalin.routes);
            });
            return new QueryService(server.start(), permits, gate);
        } catch (RuntimeException e) {
            listener.close();
            gate.close();
            permits.close();
            throw e;
        }
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** How many threads the server has at most, its own included. */
    int maxServerThreads() {
        ThreadPool threads = server.jettyServer().server().getThreadPool();
        return threads instanceof ThreadPool.SizedThreadPool sized ? sized.getMaxThreads() : threads.getThreads();
    }

    /** Gives the port back; requests under way are cut off. */
    @Override
    public void close() {
        permits.close();
        server.stop();
        gate.close();
    }

    private static void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.prefer405over404 = true;
    }
}
