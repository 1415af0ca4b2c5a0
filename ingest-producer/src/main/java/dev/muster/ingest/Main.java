/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a collector alone, with the settings of its environment, until the process is told to end. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Starts it; ends with 1 and one sentence if that cannot be. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("The collector takes no arguments; docs/configuration.md lists its settings.");
            System.exit(1);
        }
        try {
            Collector collector = start(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(collector::close, "muster-collector-end"));
            LOG.info("The collector listens on port {}.", collector.port());
        } catch (InvalidSettingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts a collector.
     *
     * @throws InvalidSettingException for the first setting that is wrong or unknown, or what else keeps it from starting
     */
    static Collector start(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        CollectorConfig config = CollectorConfig.from(settings);
        settings.refuseUnknown();
        return Collector.start(
                config, InstantSource.system(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Optional::empty);
    }
}
