/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CasesTest {

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

    /** Those of this class path; the others have tests in their modules. */
    static Stream<String> names() {
        return Cases.all().stream()
                .filter(measured -> measured.libraries().isEmpty())
                .map(Case::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsAndCountsEverythingInEachPass(String name) throws Exception {
        for (int i = 0; i < 2; i++) {
            Pass pass = Cases.named(name).run(workload(loaded, name + i));
            assertThat(pass.records()).isEqualTo(3_000);
            assertThat(pass.wallSeconds()).isPositive();
            assertThat(pass.cpuSeconds()).isPositive();
        }
    }

    @Test
    void opensTheFirstPagesOfWhatAPassHasCounted() throws Exception {
        FirstPages.Result result = FirstPages.run(workload(loaded, "pages"));

        assertThat(result.pass().records()).isEqualTo(3_000);
        assertThat(result.openings()).hasSize(9).allSatisfy(opening -> {
            assertThat(opening.medianMs()).isPositive();
            assertThat(opening.mostMs()).isGreaterThanOrEqualTo(opening.medianMs());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsl-session-windows", "key-value-store", "muster"})
    void aPassThatFindsOtherSessionsThanThereAreFails(String name) throws Exception {
        Loaded more = new Loaded("mix", loaded.records(), loaded.facts(), 31, loaded.bytes());
        Workload wrong = workload(more, "sessions-" + name);

        assertThatThrownBy(() -> Cases.named(name).run(wrong)).hasMessage("sessions: expected 31, counted 30");
    }

    @Test
    void aCaseThatIsTooSlowReadsTheFirstRecordsOnly() throws Exception {
        Pass pass = new DslSessionWindows(1_000).run(workload(loaded, "prefix"));

        assertThat(pass.records()).isEqualTo(1_000);
        assertThat(Cases.named("dsl-session-windows").mostPasses()).isLessThan(5);
    }

    @Test
    void flinkIsFoundBesideThisModuleAndRunsNowhereElse() throws Exception {
        Case flink = Cases.named("flink");
        Workload workload = workload(loaded, "flink");

        assertThat(flink.libraries())
                .hasValueSatisfying(jars -> assertThat(jars).endsWithRaw(Path.of("benchmarks/flink/target/lib")));
        assertThatThrownBy(() -> flink.run(workload)).hasMessageContaining("not on this process's class path");
    }

    @Test
    void aPassThatFindsOtherRecordsThanThereAreFails() throws Exception {
        Loaded fewer = new Loaded("mix", loaded.records() - 1, loaded.facts(), 30, loaded.bytes());
        Workload wrong = workload(fewer, "fewer");

        assertThatThrownBy(() -> Cases.baseline().run(wrong)).hasMessageContaining("expected 2999, counted 3000");
    }

    @Test
    void aPassOfMusterThatCountsOtherFactsThanThereAreFails() throws Exception {
        Loaded more = new Loaded("mix", loaded.records(), loaded.facts() + 1, 30, loaded.bytes());
        Workload wrong = workload(more, "more");

        assertThatThrownBy(() -> Cases.named("muster").run(wrong)).hasMessageContaining("facts in all sessions");
    }

    @Test
    void knowsNoOtherCases() {
        assertThatThrownBy(() -> Cases.named("faster"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("poll-decode");
    }

    private static Workload workload(Loaded expected, String id) throws Exception {
        Path state = Files.createDirectory(folder.resolve(id));
        return new Workload(broker.bootstrapServers(), expected, state, "test-" + id);
    }
}
