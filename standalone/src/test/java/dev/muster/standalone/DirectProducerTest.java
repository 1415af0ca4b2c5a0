/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.producer.AgentSession;
import dev.muster.producer.MusterProducer;
import dev.muster.producer.MusterProducerConfig;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.registry.TinyRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet that writes to Kafka itself, through the library, beside a collector that uses a registry. */
class DirectProducerTest {

    private final Http http = new Http();

    @Test
    void aSessionOfDirectEventsIsSeenWhole(@TempDir Path data) throws Exception {
        try (TinyRegistry registry = TinyRegistry.start(0);
                Standalone muster = start(data, registry.url())) {
            MusterProducerConfig bare = MusterProducerConfig.of(muster.bootstrapServers());
            Instant now = InstantSource.system().instant();
            AgentSession session = new AgentSession("local", "triage-bot", "direct");
            try (MusterProducer one = MusterProducer.create(bare);
                    MusterProducer other = MusterProducer.create(bare.withRegistry(registry.url()))) {
                CompletableFuture.allOf(
                                one.send(session.prompt(now, "p1", "Why is the build red?")
                                        .build()),
                                other.send(session.toolStart(now.plusMillis(5), "t1", "Bash")
                                        .build()),
                                one.send(session.toolEnd(now.plusMillis(90), "t1", "Bash", Outcome.SUCCESS)
                                        .setDurationMs(85L)
                                        .build()),
                                other.send(session.modelRequest(
                                                now.plusMillis(100),
                                                "r1",
                                                "claude-sonnet-4-5",
                                                new Tokens(10L, 20L, 0L, 0L, 0L))
                                        .build()))
                        .get();
                one.send(session.toolStart(now.plusMillis(5), "t1", "Bash").build())
                        .get();
            }

            JsonNode seen = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> http.get(muster.api().resolve("/v1/me/sessions/direct")),
                            answer -> answer.status() == 200
                                    && answer.body().path("events").intValue() == 4)
                    .body();
            assertThat(seen.at("/traces").intValue()).isEqualTo(1);
            assertThat(seen.at("/toolCalls").intValue()).isEqualTo(1);
            assertThat(seen.at("/tokens/total").intValue()).isEqualTo(30);
            assertThat(seen.at("/agent/name").textValue()).isEqualTo("triage-bot");
        }
    }

    private static Standalone start(Path data, String registry) {
        Standalone started = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0", RegistryConfig.URL, registry),
                data,
                InstantSource.system(),
                folder -> {});
        await().atMost(Duration.ofMinutes(1)).until(started::notReadyBecause, Optional::isEmpty);
        return started;
    }
}
