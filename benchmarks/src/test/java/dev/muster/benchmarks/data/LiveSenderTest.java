/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Workload;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSenderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DataSet DATA = DataSet.live(3_000, 100);
    private static final int RATE = 10_000;

    @Test
    void aCaseThatRunsMeanwhileTakesEverythingInAndMeasuresTheEnd(@TempDir Path folder) throws Exception {
        Path logs = folder.resolve("broker");
        try (EmbeddedBroker broker = EmbeddedBroker.start(logs, EmbeddedBroker.choosePort(logs, OptionalInt.empty()))) {
            String bootstrap = broker.bootstrapServers();
            StandaloneTopics.ensure(bootstrap);
            Loaded coming = Loader.rehearse(DATA, NOW);
            Workload workload = new Workload(bootstrap, coming, folder, "live", 1_000, Map.of());

            CompletableFuture<Pass> pass =
                    CompletableFuture.supplyAsync(() -> Cases.baseline().run(workload));
            long began = System.nanoTime();
            double sent = LiveSender.send(bootstrap, DATA, NOW, RATE, 1_000);
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(pass.get(60, TimeUnit.SECONDS).records()).isEqualTo(2_000);
            assertThat(sent).isPositive();
            // The first event goes at once, so one interval is missing.
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(299));
        }
    }

    @Test
    void theRehearsalKnowsWhatWillCome() {
        Loaded coming = Loader.rehearse(DATA, NOW);
        EventStream events = DATA.stream(NOW);
        events.forEachRemaining(event -> assertThat(event.getTimestamp()).isPositive());

        assertThat(coming.records()).isEqualTo(3_000);
        assertThat(coming.sessions()).isEqualTo(100);
        assertThat(coming.facts()).isEqualTo(3_000 - events.repeats());
        assertThat(coming.bytes()).isBetween(3_000 * 200L, 3_000 * 400L);
    }
}
