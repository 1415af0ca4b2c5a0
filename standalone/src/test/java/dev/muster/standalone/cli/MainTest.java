/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.standalone.host.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    private final Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    MainTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void explainsEachVerb() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString()).contains("Usage: muster", "up ", "docs/configuration.md", "muster bench --help");
        assertThat(run(Map.of(), "up", "--help")).isZero();
        assertThat(out.toString()).contains("--demo", "--data=DIR", "--port=N", "--ingest-port=N", "--kafka-port=N");
        assertThat(run(Map.of(), "import", "--help")).isZero();
        assertThat(out.toString()).contains("PATH...", "--to=URL", "--key=KEY", "--watch", "--again", "--state=FILE");
        assertThat(run(Map.of(), "connect", "--help")).isZero();
        assertThat(out.toString()).contains("claude-code", "--settings=FILE", "--project", "--dry-run", "--undo");
        assertThat(run(Map.of(), "keys", "--help")).isZero();
        assertThat(out.toString()).contains("create", "list", "revoke", "--api=URL");
        assertThat(run(Map.of(), "topics", "--help")).isZero();
        assertThat(out.toString()).contains("--kafka=HOST:PORT", "--partitions=N", "--replication=N");
        assertThat(run(Map.of(), "keys", "create", "--help")).isZero();
        assertThat(out.toString()).contains("--label=TEXT", "--agent=NAME", "--privacy=LEVEL");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString()).startsWith("Muster ").contains("Java ");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThat(run(Map.of(), "upp")).isEqualTo(2);
        assertThat(run(Map.of(), "up", "--port", "eighty")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Unmatched argument at index 0: 'upp' (see 'muster --help')",
                        "Invalid value for option '--port': 'eighty' is not an int (see 'muster up --help')");
    }

    @Test
    void refusesASettingThatNobodyKnows() {
        assertRefused(
                "MUSTER_PORTT is no setting of this program; docs/configuration.md lists those that each has.",
                Map.of("MUSTER_PORTT", "8080"),
                "up");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertRefused("--kafka-port is 70000, and must be from 0 to 65535.", Map.of(), "up", "--kafka-port=70000");
        err.getBuffer().setLength(0);
        assertRefused("--port is 99999, and must be from 0 to 65535.", Map.of(), "up", "--port=99999");
    }

    @Test
    void refusesOnePortForTwo() {
        assertRefused(
                "Port 4444 is to serve the API and Kafka; choose another with --port or --kafka-port.",
                Map.of(),
                "up",
                "--port=4444",
                "--kafka-port=4444");
    }

    @Test
    void refusesAnEmptyDataFolder() {
        assertRefused("--data is empty, and must name a folder.", Map.of(), "up", "--data", "");
    }

    @Test
    void refusesACommitIntervalThatATransactionDoesNotLast() {
        assertRefused(
                "MUSTER_COMMIT_INTERVAL is PT11S, and must be from PT0.001S to PT5S.",
                Map.of("MUSTER_COMMIT_INTERVAL", "PT11S"),
                "up");
    }

    @Test
    void refusesAFlagThatIsNeitherTrueNorFalse() {
        assertRefused(
                "MUSTER_TRANSACTIONAL_STATE_STORES is «on», and must be true or false.",
                Map.of("MUSTER_TRANSACTIONAL_STATE_STORES", "on"),
                "up");
    }

    @Test
    void refusesTheKeyThatItAlwaysTakes() {
        assertRefused(
                "MUSTER_API_KEYS names vk_local, which is reserved: standalone always takes it; leave it out.",
                Map.of("MUSTER_API_KEYS", "vk_a=local, vk_local=local"),
                "up");
    }

    @Test
    void namesAnotherMusterRatherThanItsPorts() throws IOException {
        Path folder = home.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataFolder held = DataFolder.open(folder)) {
            assertRefused(
                    "Another Muster is running on the data folder " + held.path()
                            + "; stop that one, or choose another folder with --data.",
                    Map.of(),
                    "up",
                    "--port=" + taken.getLocalPort());
        }
    }

    @Test
    void refusesWhatStandaloneBringsItself() {
        assertRefused(
                "MUSTER_KAFKA_BOOTSTRAP is not for standalone, which brings its own Kafka and folders; unset it.",
                Map.of("MUSTER_KAFKA_BOOTSTRAP", "127.0.0.1:9092"),
                "up");
    }

    @Test
    void refusesToListenForOthersWithAKeyThatEverybodyKnows() {
        assertRefused(
                "MUSTER_INGEST_HOST is 0.0.0.0, and must be a loopback address: standalone takes a key that everybody"
                        + " knows.",
                Map.of("MUSTER_INGEST_HOST", "0.0.0.0"),
                "up");
    }

    @Test
    void refusesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    "Port " + taken.getLocalPort() + " for the API is taken by another program; stop that one,"
                            + " or choose another port with --port.",
                    Map.of(),
                    "up",
                    "--port=" + taken.getLocalPort());
            err.getBuffer().setLength(0);
            assertRefused(
                    "Port " + taken.getLocalPort() + " for Kafka is taken by another program; stop that one,"
                            + " or choose another port with --kafka-port.",
                    Map.of(),
                    "up",
                    "--kafka-port=" + taken.getLocalPort());
        }
    }

    @Test
    void refusesAFileInPlaceOfTheDataFolder() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        assertRefused(
                "The data folder " + file + " cannot be made, because " + file + " is a file.",
                Map.of(),
                "up",
                "--data=" + file);
    }

    @Test
    void refusesADamagedFolder() throws IOException {
        Path logs = Files.createDirectories(home.resolve("data/kafka"));
        Files.writeString(logs.resolve("meta.properties"), "garbage");
        assertThat(run(Map.of(), "up")).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("Starting Muster on " + home.resolve("data") + " …");
        assertThat(err.toString().lines())
                .containsExactly(
                        "The broker's folder " + logs + " is damaged (its meta.properties is missing or not readable);"
                                + " restore it from a copy, or choose another data folder.");
    }

    private void assertRefused(String sentence, Map<String, String> environment, String... arguments) {
        assertThat(run(environment, arguments)).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(sentence);
        assertThat(out.toString()).isEmpty();
    }

    private int run(Map<String, String> environment, String... arguments) {
        Map<String, String> onAnyPort = new HashMap<>(environment);
        onAnyPort.put("MUSTER_QUERY_PORT", "0");
        onAnyPort.put("MUSTER_INGEST_PORT", "0");
        CommandLine command = Main.commandLine(onAnyPort, home);
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
