/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.Json;
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

    private QueryService(Javalin server) {
        this.server = server;
    }

    /**
     * Listens and answers.
     *
     * @param config where to listen and for which account to answer
     * @param backend what it answers from
     * @param clock tells where windows end, and how long the service is up
     * @param registry what {@code /metrics} shows; the requests' timings are added to it
     * @param notReadyBecause why {@code /health/ready} must say no, in a sentence; empty when it may say yes
     * @throws dev.muster.schemas.settings.InvalidSettingException if the port is taken or may not be listened on
     */
    public static QueryService start(
            QueryConfig config,
            Backend backend,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause) {
        JettyListener listener = JettyListener.bind(config.address(), ANY_ENCODED_CHARACTER, IDLE_AT_CLOSE);
        try {
            RequestTimings timings = new RequestTimings(registry);
            return new QueryService(Javalin.create(javalin -> {
                        configure(javalin);
                        listener.addTo(javalin.jetty, new JsonErrorHandler(Problems::ofStatus));
                        javalin.jetty.modifyServletContextHandler(
                                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
                        javalin.requestLogger.http(timings::record);
                        Problems.addTo(javalin.routes);
                        OwnPages.addTo(javalin.routes);
                        Reads reads = new Reads(javalin.routes, new Turns());
                        addRoutes(reads, backend, config.account(), clock);
                        new OperationRoutes(Health.of("muster", clock, notReadyBecause), registry, Json::write)
                                .addTo(javalin.routes);
                    })
                    .start());
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static void addRoutes(Reads reads, Backend backend, String account, InstantSource clock) {
        Filters filters = new Filters(account, clock, backend.zone());
        new AccountRoutes(backend, account, filters).addTo(reads);
        new SessionRoutes(backend.sessions(), backend.account(), account, filters).addTo(reads);
        new AcknowledgementRoutes(backend.sessions(), backend.commands(), account).addTo(reads.routes());
        new DayGroupRoutes(backend.account(), account, filters).addTo(reads);
        new TraceRoutes(backend.account(), backend.sessions(), account, filters).addTo(reads);
        new AgentRoutes(backend.account(), backend.commands(), account).addTo(reads);
        new AuditRoutes(backend.account(), backend.commands().controls(), account, filters).addTo(reads);
        new KeyRoutes(backend.keys(), account).addTo(reads);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Gives the port back; requests under way are cut off. */
    @Override
    public void close() {
        server.stop();
    }

    private static void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.prefer405over404 = true;
    }
}
