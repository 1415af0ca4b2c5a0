/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.claudecode.ClaudeCodeHooks;
import dev.muster.ingest.otlp.OtlpSource;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.transcript.TranscriptLines;
import dev.muster.ingest.voight.VoightBulk;
import dev.muster.ingest.voight.VoightEvents;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.server.http.ErrorBody;
import dev.muster.server.http.Health;
import dev.muster.server.http.JettyListener;
import dev.muster.server.http.JsonErrorHandler;
import dev.muster.server.http.ListenAddress;
import dev.muster.server.http.OperationRoutes;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The collector's routes, and the server that listens for them. */
public final class CollectorServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorServer.class);
    private static final int MAX_THREADS = 64;
    private static final int MIN_THREADS = 4;

    /** A connection that is kept alive but silent does not hold up closing for longer. */
    private static final Duration IDLE_AT_CLOSE = Duration.ofMillis(50);

    /** Bodies together take at most this part of the heap. */
    private static final int HEAP_PART = 8;

    private final IngestServices services;
    private final Bodies bodies;
    private final DecodeBudget budget = new DecodeBudget();
    private final Health health;
    private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    private final Javalin javalin;
    private final int port;

    /**
     * Listens.
     *
     * @param host the address to listen on
     * @param port the port, 0 for any that is free
     * @param timeout how long closing waits for requests that are under way
     * @throws InvalidSettingException if the port is taken or the address is not this machine's
     */
    public CollectorServer(String host, int port, Duration timeout, IngestServices services, Health health) {
        this.services = services;
        // The largest one must find room as it came and decoded.
        long max = Math.max(2L * services.maxBatchBytes(), Runtime.getRuntime().maxMemory() / HEAP_PART);
        bodies = new Bodies(max, services.bodyTimeout(), threads);
        this.health = health;
        threads.setName("muster-collector");
        JettyListener listener = JettyListener.bind(
                new ListenAddress(host, port, "MUSTER_INGEST_HOST", "MUSTER_INGEST_PORT", "--ingest-port"),
                UriCompliance.DEFAULT,
                IDLE_AT_CLOSE);
        try {
            javalin = Javalin.create(config -> configure(config, listener, timeout));
            this.port = javalin.start().port();
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Takes no more requests, and lets those under way end. */
    @Override
    public void close() {
        javalin.stop();
    }

    private void configure(JavalinConfig config, JettyListener listener, Duration timeout) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(timeout.toMillis());
        });
        listener.addTo(config, new JsonErrorHandler(CollectorServer::ofStatus));
        routes(config.routes);
    }

    private void routes(RoutesConfig routes) {
        one(routes, "/v1/events", new VoightEvents(), new JsonReplies(EventReply::send));
        many(routes, "/v1/events/bulk", new VoightBulk(services.maxBodyBytes()), new JsonReplies(BulkReply::send));
        // One event, but it may hold a screenshot: its content is cut, and the call counts.
        many(routes, "/v1/hooks/claude-code", new ClaudeCodeHooks(), new JsonReplies(HookReply::send));
        OtlpSource traces = OtlpSource.traces();
        OtlpSource logs = traces.logsBeside();
        otlp(routes, "/v1/logs", logs, "rejectedLogRecords");
        otlp(routes, "/v1/otel/logs", logs, "rejectedLogRecords");
        otlp(routes, "/v1/traces", traces, "rejectedSpans");
        otlp(routes, "/v1/metrics", OtlpSource.metrics(), "rejectedDataPoints");
        many(
                routes,
                "/v1/transcripts/claude-code",
                new TranscriptLines(),
                new JsonReplies(new TranscriptReply(services.clock(), services.retention())::send));
        new OperationRoutes(
                        health,
                        services.registry(),
                        json -> SourceJson.canonical(json).getBytes(UTF_8))
                .addTo(routes);
        problems(routes);
    }

    /** A route whose requests tell of one event each. */
    private void one(RoutesConfig routes, String path, EventSource source, Replies replies) {
        routes.post(
                path, new IngestEndpoint(source, replies, services.maxBodyBytes(), bodies, budget, services, threads));
    }

    /** A route whose requests tell of many events each. */
    private void many(RoutesConfig routes, String path, EventSource source, Replies replies) {
        routes.post(
                path, new IngestEndpoint(source, replies, services.maxBatchBytes(), bodies, budget, services, threads));
    }

    /** A route of OTLP, whose requests tell of many events. */
    private void otlp(RoutesConfig routes, String path, EventSource source, String rejectedCount) {
        Replies replies = new OtlpReplies(rejectedCount);
        routes.post(
                path, new IngestEndpoint(source, replies, services.maxBatchBytes(), bodies, budget, services, threads));
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(
                NotFoundResponse.class,
                (e, context) -> ErrorReplies.error(
                        context, HttpStatus.NOT_FOUND, "not_found", "There is no " + context.path() + "."));
        routes.exception(
                MethodNotAllowedResponse.class,
                (e, context) -> ErrorReplies.methodNotAllowed(
                        context, e.getDetails().getOrDefault("availableMethods", "GET, HEAD")));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> ErrorReplies.error(
                        context, HttpStatus.forStatus(e.getStatus()), "refused", "The request was refused"));
        routes.exception(
                IOException.class,
                (e, context) -> ErrorReplies.error(
                        context, HttpStatus.BAD_REQUEST, "bad_request", "The body could not be read to its end"));
        routes.exception(Exception.class, CollectorServer::failed);
    }

    /** What the web server itself answers. */
    private static ErrorBody ofStatus(int status, String message) {
        return switch (status) {
            case 503 -> ErrorBody.unavailable("The collector takes no requests now; send it again.");
            case 500 -> new ErrorBody(status, "internal", ErrorReplies.INTERNAL);
            default -> new ErrorBody(status, "invalid_request", message);
        };
    }

    private static void failed(Exception failure, Context context) {
        LOG.error("A request to {} failed", context.path(), failure);
        ErrorReplies.error(context, HttpStatus.INTERNAL_SERVER_ERROR, "internal", ErrorReplies.INTERNAL);
    }
}
