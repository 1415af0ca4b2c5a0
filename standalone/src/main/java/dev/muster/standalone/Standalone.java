/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import dev.muster.schemas.settings.Settings;
import dev.muster.standalone.broker.BrokerFaults;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.standalone.host.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Muster in one JVM: started in the order in which data flows out, stopped in the opposite one. */
public final class Standalone implements AutoCloseable {

    /** The key that the collector takes on the loopback address. */
    public static final String LOCAL_KEY = "vk_local";

    private final Parts parts;
    private final Readiness readiness;
    private final DataFolder folder;
    private final EmbeddedBroker broker;

    private Standalone(Parts parts, Readiness readiness, DataFolder folder, EmbeddedBroker broker) {
        this.parts = parts;
        this.readiness = readiness;
        this.folder = folder;
        this.broker = broker;
    }

    public static Standalone start(Map<String, String> environment, Path defaultData, InstantSource clock) {
        Settings settings = Settings.of(environment);
        StandaloneConfig config = StandaloneConfig.from(settings, defaultData);
        settings.refuseUnknown();
        DataFolder folder = DataFolder.open(config.data());
        // Read by logback.xml, so it has to be there before the first logger.
        System.setProperty("muster.log", folder.log().toString());
        BrokerFaults.endWithASentence(folder.log());
        Parts parts = new Parts();
        parts.add("the data folder", folder);
        try {
            int port = EmbeddedBroker.choosePort(folder.kafka(), config.kafkaPort());
            EmbeddedBroker broker = parts.add("Kafka", EmbeddedBroker.start(folder.kafka(), port));
            StandaloneTopics.ensure(broker.bootstrapServers());
            Readiness readiness = new Readiness();
            readiness.allStarted();
            return new Standalone(parts, readiness, folder, broker);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    public void startDemo() {}

    public Optional<String> notReadyBecause() {
        return readiness.get();
    }

    public URI api() {
        return URI.create("http://127.0.0.1:8080");
    }

    public URI collector() {
        return URI.create("http://127.0.0.1:4318");
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public Path data() {
        return folder.path();
    }

    @Override
    public void close() {
        parts.close();
    }
}
