/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Makes the registry that a program's {@code /metrics} shows. */
public final class MetricsRegistry {

    private MetricsRegistry() {}

    /** A registry with nothing in it, which takes of Kafka's meters those of {@link KafkaMeterFilter}. */
    public static PrometheusMeterRegistry open() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new KafkaMeterFilter());
        return registry;
    }
}
