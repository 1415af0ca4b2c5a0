/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import dev.muster.server.lifecycle.MainRunner;
import dev.muster.server.metrics.MetricsRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Runs a collector alone, with the settings of its environment, until the process is told to end. */
public final class Main {

    private Main() {}

    /** Starts it; ends with 1 and one sentence if that cannot be. */
    public static void main(String[] arguments) {
        MainRunner.run("The collector", arguments, environment -> {
            Collector collector = start(environment);
            return new MainRunner.Program() {
                @Override
                public String announcement() {
                    return "The collector listens on port " + collector.port() + ".";
                }

                @Override
                public void close() {
                    collector.close();
                }
            };
        });
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
        return Collector.start(config, InstantSource.system(), MetricsRegistry.open(), Optional::empty);
    }
}
