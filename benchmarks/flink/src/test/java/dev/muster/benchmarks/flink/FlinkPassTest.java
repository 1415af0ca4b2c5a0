/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Workload;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkPassTest {

    private static final Case FLINK = Cases.named("flink");

    private static Path folder;
    private static EmbeddedBroker broker;
    private static Loaded loaded;

    @BeforeAll
    static void fillABroker(@TempDir Path shared) {
        folder = shared;
        Path logs = folder.resolve("broker");
        broker = EmbeddedBroker.start(logs, EmbeddedBroker.choosePort(logs, OptionalInt.empty()));
        StandaloneTopics.ensure(broker.bootstrapServers());
        loaded = Loader.load(broker.bootstrapServers(), DataSet.mix(3_000, 30), Instant.now());
    }

    @AfterAll
    static void stopIt() {
        broker.close();
    }

    @Test
    void readsCountsAndCheckpointsEverythingInEachPass() throws Exception {
        for (int i = 0; i < 2; i++) {
            Pass pass = FLINK.run(workload(loaded, "all" + i));

            assertThat(pass.records()).isEqualTo(3_000);
            assertThat(pass.wallSeconds()).isPositive();
            assertThat(pass.cpuSeconds()).isPositive();
        }
    }

    @Test
    void aPassWhoseStateHoldsOtherEventsThanThereAreFails() throws Exception {
        Loaded fewer = new Loaded("mix", loaded.records() - 1, loaded.facts(), 30, loaded.bytes());
        Workload wrong = workload(fewer, "fewer");

        assertThatThrownBy(() -> FLINK.run(wrong)).hasMessage("events in all sessions: expected 2999, counted 3000");
    }

    @Test
    void aPassThatCannotTakeCheckpointsFails() throws Exception {
        Workload hindered = workload(loaded, "hindered");
        // A file stands where their folder would be.
        Files.createFile(hindered.folder().resolve("checkpoints"));

        assertThatThrownBy(() -> FLINK.run(hindered))
                .hasMessage("the job has failed")
                .hasStackTraceContaining("checkpoint storage");
    }

    private static Workload workload(Loaded expected, String id) throws Exception {
        Path state = Files.createDirectory(folder.resolve(id));
        return new Workload(broker.bootstrapServers(), expected, state, "test-" + id);
    }
}
