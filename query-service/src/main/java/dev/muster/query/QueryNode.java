/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.auth.Caller;
import dev.muster.query.auth.Callers;
import dev.muster.query.commands.CommandService;
import dev.muster.query.commands.TestEvents;
import dev.muster.query.keys.ApiKeyService;
import dev.muster.query.routes.ApiServices;
import dev.muster.schemas.Topics;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.server.kafka.RecordWriter;
import dev.muster.server.kafka.TopicFollower;
import dev.muster.server.lifecycle.Lifecycle;
import dev.muster.server.lifecycle.Readiness;
import dev.muster.streams.SessionStreams;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The side of Muster that is asked: the topology with its stores, and the API that answers from them. Kafka and its topics
 * have to be there.
 */
public final class QueryNode implements AutoCloseable {

    /** Who gives commands where there is no login. */
    private static final String LOCAL_USER = "local";

    private final Lifecycle parts;
    private final Readiness readiness;
    private final SessionStreams streams;
    private final QueryService api;

    private QueryNode(
            QueryNodeConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Readiness readiness,
            Supplier<Optional<String>> allReady,
            Lifecycle parts) {
        this.parts = parts;
        this.readiness = readiness;
        String bootstrap = config.streams().bootstrap();
        AgentControls controls = new AgentControls();
        parts.add(
                "the agents' commands",
                TopicFollower.start(bootstrap, Topics.AGENT_COMMANDS, "muster-agent-commands", controls));
        this.streams = parts.add("the topology", SessionStreams.start(config.streams(), registry, clock, controls));
        RecordWriter writer = parts.add("the API's producer", RecordWriter.open(bootstrap));
        ApiKeyService keys = parts.add("the API keys", ApiKeyService.open(bootstrap, writer, clock));
        ApiServices services = new ApiServices(
                streams.reader(),
                streams.accounts(),
                keys,
                new CommandService(controls, writer, clock),
                new TestEvents(writer, clock),
                config.streams().zones(),
                config.streams().retention());
        this.api = parts.add(
                "the API",
                QueryService.start(
                        config.api(),
                        Callers.withoutLogin(new Caller(config.api().account(), LOCAL_USER)),
                        services,
                        clock,
                        registry,
                        allReady));
        readiness.require(keys::isComplete, "The API keys have not been read yet.");
        readiness.require(controls::isComplete, "What was commanded of agents has not been read yet.");
        readiness.require(streams::notReadyBecause);
        readiness.allStarted();
    }

    /**
     * Starts everything. The topology may still be restoring its stores when this returns: see {@link #notReadyBecause()}.
     *
     * @param clock tells where windows end, and when commands are given
     * @param registry what {@code /metrics} shows; it is not closed with the node
     * @throws dev.muster.schemas.settings.InvalidSettingException if a port is taken, the topics are not there, or the
     *     topology's state is damaged
     */
    public static QueryNode start(QueryNodeConfig config, InstantSource clock, PrometheusMeterRegistry registry) {
        Readiness own = new Readiness();
        return start(config, clock, registry, own, own);
    }

    /**
     * The same for a node that is one part of a program.
     *
     * @param allReady why {@code /health/ready} must say no, in a sentence; empty when all of the program is ready
     */
    public static QueryNode start(
            QueryNodeConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> allReady) {
        return start(config, clock, registry, new Readiness(), allReady);
    }

    private static QueryNode start(
            QueryNodeConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Readiness own,
            Supplier<Optional<String>> allReady) {
        Lifecycle parts = new Lifecycle();
        try {
            return new QueryNode(config, clock, registry, own, allReady, parts);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    /** The port that the API listens on. */
    public int port() {
        return api.port();
    }

    /** What is awaited before the stores and the API's tables can be read, in a sentence; empty when nothing is. */
    public Optional<String> notReadyBecause() {
        return readiness.get();
    }

    /** Why the topology has ended for good, in a sentence; empty as long as it may get ready. */
    public Optional<String> failedBecause() {
        return streams.failedBecause();
    }

    /** Stops everything, the API first. */
    @Override
    public void close() {
        parts.close();
    }
}
