/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.awaitility.Awaitility.await;

import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.PrivacyLevel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A collector that can be sent anything for as long as one likes: it has no rate limit, and keeps no event. */
final class FuzzedCollector {

    private FuzzedCollector() {}

    /**
     * Starts it for the key {@code vk_test}.
     *
     * @param maxBody the most bytes of a body that tells of one event, half of what one of many may have
     * @param bodyTimeout how long a body may take to arrive
     */
    static Collector start(int maxBody, Duration bodyTimeout) {
        Collector collector = Collector.start(
                new CollectorConfig(
                        "127.0.0.1",
                        0,
                        "127.0.0.1:9",
                        ApiKeys.parse("vk_test=acme"),
                        maxBody,
                        2 * maxBody,
                        bodyTimeout,
                        Duration.ofSeconds(1),
                        new RateLimit(0, 1),
                        Optional.empty(),
                        AgentNaming.DIRECTORY,
                        new Privacy(PrivacyLevel.STANDARD, Map.of(), false),
                        Optional.empty(),
                        Duration.ofDays(30),
                        new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30))),
                InstantSource.fixed(Fixtures.RECEIVED_AT),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional::empty,
                new CountingProducer(),
                ApiKeys.parse("vk_test=acme"),
                new FakeControls());
        await().until(collector::connected);
        return collector;
    }
}
