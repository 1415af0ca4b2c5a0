/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.schemas.settings.Settings;
import dev.muster.server.lifecycle.MainRunner;
import dev.muster.server.metrics.MetricsRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Runs a query node alone, with the settings of its environment, until the process is told to end. */
public final class Main {

    private Main() {}

    /** Starts it; ends with 1 and one sentence if that cannot be, or its topology has failed for good. */
    public static void main(String[] arguments) {
        MainRunner.run("The query node", arguments, environment -> {
            QueryNode node = start(environment);
            return new MainRunner.Program() {
                @Override
                public String announcement() {
                    return "The API answers on port " + node.port() + ".";
                }

                @Override
                public Optional<String> failedBecause() {
                    return node.failedBecause();
                }

                @Override
                public void close() {
                    node.close();
                }
            };
        });
    }

    /**
     * Starts a query node.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException for the first setting that is wrong or unknown, or what
     *     else keeps it from starting
     */
    static QueryNode start(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        QueryNodeConfig config = QueryNodeConfig.from(settings);
        settings.refuseUnknown();
        return QueryNode.start(config, InstantSource.system(), MetricsRegistry.open());
    }
}
