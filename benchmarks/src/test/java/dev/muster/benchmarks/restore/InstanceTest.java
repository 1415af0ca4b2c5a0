/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    @Test
    void restoresFromTheChangelogsWhatItsFolderDoesNotHave(@TempDir Path folder) {
        Path logs = folder.resolve("broker");
        try (EmbeddedBroker broker = EmbeddedBroker.start(logs, EmbeddedBroker.choosePort(logs, OptionalInt.empty()))) {
            StandaloneTopics.ensure(broker.bootstrapServers());
            Loaded loaded = Loader.load(broker.bootstrapServers(), DataSet.mix(3_000, 30), Instant.now());

            try (Instance instance = new Instance(order(broker, loaded, folder.resolve("one")))) {
                awaitAll(instance);
                assertThat(instance.status().restored()).isZero();
            }
            try (Instance instance = new Instance(order(broker, loaded, folder.resolve("two")))) {
                awaitAll(instance);
                assertThat(instance.status().restored()).isPositive();
                assertThat(instance.status().restoredBytes()).isPositive();
                assertThat(instance.status().restoreBegan()).isPositive();
                assertThat(instance.status().restoreEnded())
                        .isGreaterThanOrEqualTo(instance.status().restoreBegan());
                assertThat(instance.status().standsBy()).isFalse();
                assertThat(instance.hasFailed()).isFalse();
            }
            Loaded more = new Loaded("mix", loaded.records(), loaded.facts() + 1, 30, loaded.bytes());
            try (Instance instance = new Instance(order(broker, more, folder.resolve("two")))) {
                Awaitility.await().atMost(WITHIN).until(() -> instance.status().ready());
                assertThatThrownBy(instance::check).hasMessageContaining("facts in all sessions");
            }
        }
    }

    /** Its sessions answer, and have everything. */
    private static void awaitAll(Instance instance) {
        Awaitility.await().atMost(WITHIN).until(() -> instance.status().ready());
        Awaitility.await()
                .atMost(WITHIN)
                .ignoreException(IllegalStateException.class)
                .untilAsserted(instance::check);
    }

    private static InstanceOrder order(EmbeddedBroker broker, Loaded loaded, Path state) {
        return new InstanceOrder(broker.bootstrapServers(), "test-restore", loaded, state.toString(), Map.of());
    }
}
