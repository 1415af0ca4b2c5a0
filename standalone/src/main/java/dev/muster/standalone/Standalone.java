/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import dev.muster.ingest.Collector;
import dev.muster.query.QueryNode;
import dev.muster.server.lifecycle.Lifecycle;
import dev.muster.server.lifecycle.Readiness;
import dev.muster.server.metrics.MetricsRegistry;
import dev.muster.standalone.broker.BrokerFaults;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.standalone.demo.Demo;
import dev.muster.standalone.host.DataFolder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Muster in one JVM: broker, topology, API and collector, started in this order and stopped in the opposite one, so
 * that nothing is taken in which is not carried on.
 */
public final class Standalone implements AutoCloseable {

    /** The key that the collector takes, for the account that the API answers for. */
    public static final String LOCAL_KEY = "vk_local";

    private static final Duration DEMO_RETRY = Duration.ofSeconds(1);

    private final Lifecycle parts;
    private final Readiness readiness;
    private final Path data;
    private final String bootstrapServers;
    private final URI api;
    private final URI collector;
    private final QueryNode node;
    private final InstantSource clock;

    private Standalone(Configuration configuration, InstantSource clock, Lifecycle parts, DataFolder folder) {
        this.clock = clock;
        this.parts = parts;
        this.data = folder.path();
        this.readiness = new Readiness();
        PrometheusMeterRegistry registry = MetricsRegistry.open();
        parts.add("the metrics", registry::close);
        EmbeddedBroker broker =
                parts.add("Kafka", EmbeddedBroker.start(DataFolder.kafka(data), configuration.kafkaPort()));
        this.bootstrapServers = broker.bootstrapServers();
        StandaloneTopics.ensure(bootstrapServers);
        this.node = parts.add("the query side", QueryNode.start(configuration.node(), clock, registry, readiness));
        Collector ingest =
                parts.add("the collector", Collector.start(configuration.collector(), clock, registry, readiness));
        readiness.require(
                ingest::connected,
                "The collector has not reached Kafka, or read the API keys and the agents' commands yet.");
        readiness.require(node::notReadyBecause);
        readiness.allStarted();
        this.api = address(configuration.node().api().host(), node.port());
        this.collector = address(configuration.collector().host(), ingest.port());
    }

    /**
     * Starts everything. The topology may still be restoring its stores when this returns: see
     * {@link #notReadyBecause()}.
     *
     * @param environment where the settings are
     * @param defaultData the data folder unless a setting names another
     * @param starting told the data folder as soon as the settings are read and the folder is held
     * @throws dev.muster.schemas.settings.InvalidSettingException for a setting that is wrong or unknown, or a damaged
     *     state of the topology
     * @throws dev.muster.standalone.host.StartRefusedException if a port is taken, or the folder damaged or in use
     */
    public static Standalone start(
            Map<String, String> environment, Path defaultData, InstantSource clock, Consumer<Path> starting) {
        Configuration configuration = Configuration.read(environment, defaultData);
        DataFolder folder = DataFolder.open(configuration.data());
        Lifecycle parts = new Lifecycle();
        parts.add("the data folder", folder);
        try {
            configuration.requireFreePorts();
            starting.accept(folder.path());
            LogFile.open(folder.log());
            BrokerFaults.endWithASentence(folder.log());
            return new Standalone(configuration, clock, parts, folder);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    /** Lets a made-up fleet work, until this is closed. */
    public void startDemo() {
        parts.add("the demo", Demo.start(collector, LOCAL_KEY, clock, clock.millis(), DEMO_RETRY));
    }

    /** What is awaited before the whole path is ready, in a sentence; empty when it is. */
    public Optional<String> notReadyBecause() {
        return readiness.get();
    }

    /** Why it will not get ready any more, in sentences for the user; empty as long as it may. */
    public Optional<String> failedBecause() {
        return node.failedBecause().map(reason -> reason + " The log says more: " + data.resolve(DataFolder.LOG) + ".");
    }

    /** Where the API answers. */
    public URI api() {
        return api;
    }

    /** Where the collector listens. */
    public URI collector() {
        return collector;
    }

    /** Where Kafka's clients connect to. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The folder that keeps everything. */
    public Path data() {
        return data;
    }

    /** Stops everything, the demo and the collector first. */
    @Override
    public void close() {
        parts.close();
    }

    private static URI address(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
