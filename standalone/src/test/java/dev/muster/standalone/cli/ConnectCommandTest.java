/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectCommandTest {

    private static final String MINE = """
            {
                "model": "opus",
                "limit": 1.50,
                "permissions": {"allow": []},
                "hooks": {
                    "Stop": [{"hooks": [{"type": "command", "command": "beep"}]}]
                }
            }""";

    private final Path folder;
    private final Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ConnectCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath();
        file = this.folder.resolve("settings.json");
    }

    @Test
    void connectsOnceAndUndoes() throws IOException {
        Files.writeString(file, MINE);
        assertThat(connect("--key", "vk_secret_of_mine")).isZero();
        String connected = Files.readString(file);
        assertThat(connected)
                .startsWith("{\n    \"model\": \"opus\",\n    \"limit\": 1.50,")
                .contains("\"Authorization\": \"Bearer vk_secret_of_mine\"", "beep", "OTEL_EXPORTER_OTLP_HEADERS")
                .doesNotContain("WorktreeCreate")
                .endsWith("}");
        assertThat(out.toString())
                .contains("Changed " + file, "+ hooks.Stop: http://127.0.0.1:4318/v1/hooks/claude-code")
                .contains("+ env.OTEL_EXPORTER_OTLP_HEADERS = Authorization=Bearer vk_sec…")
                .contains("./muster import ~/.claude/projects")
                .doesNotContain("vk_secret");
        assertThat(backups()).hasSize(1).allSatisfy(copy -> assertThat(copy).hasContent(MINE));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        connect("--key", "vk_secret_of_mine");
        assertThat(Files.readString(file)).isEqualTo(connected);
        assertThat(out.toString()).contains(file + " is connected already; nothing was changed.");
        assertThat(backups()).hasSize(1);

        connect("--undo");
        assertThat(Files.readString(file).replaceAll("\\s", "")).isEqualTo(MINE.replaceAll("\\s", ""));
        connect("--undo");
        assertThat(out.toString()).contains(file + " has nothing of Muster's.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void makesAFileThatIsMissing() throws IOException {
        connect();
        assertThat(file).exists();
        assertThat(backups()).isEmpty();
        connect("--undo");
        assertThat(file).hasContent("{}");
    }

    @Test
    void onlyTellsWhatItWouldDo() throws IOException {
        Files.writeString(file, MINE);
        connect("--dry-run", "--content");
        assertThat(out.toString()).contains("Would change " + file, "+ env.OTEL_LOG_USER_PROMPTS = 1");
        assertThat(file).hasContent(MINE);
        assertThat(backups()).isEmpty();
    }

    @Test
    void changesNothingThatItCannotRead() throws IOException {
        for (Map.Entry<String, String> bad : Map.of(
                        "{\"a\": 1,\n}", " is no valid JSON at line 2, column 1; mend it first. Nothing was changed.",
                        "[]", " is no JSON object; mend it first. Nothing was changed.",
                        "{\"a\":1,\"a\":2}",
                                " is no valid JSON at line 1, column 11; mend it first. Nothing was changed.",
                        "{\"env\":[]}",
                                " is no settings file of Claude Code: its env is no object. Nothing was changed.")
                .entrySet()) {
            Files.writeString(file, bad.getKey());
            err.getBuffer().setLength(0);
            assertThat(connect()).isEqualTo(1);
            assertThat(err.toString().lines()).containsExactly(file + bad.getValue());
            assertThat(file).hasContent(bad.getKey());
        }
        assertThat(backups()).isEmpty();
    }

    @Test
    void tellsOfTelemetryThatGoesElsewhere() throws IOException {
        Files.writeString(file, "{\"env\": {\"OTEL_EXPORTER_OTLP_ENDPOINT\": \"https://other.example\"}}");
        connect();
        assertThat(err.toString())
                .startsWith(file + " has telemetry that goes elsewhere (OTEL_EXPORTER_OTLP_ENDPOINT): it is left");
        assertThat(Files.readString(file)).contains("https://other.example").doesNotContain("OTEL_LOGS_EXPORTER");
    }

    @Test
    void refusesWrongOptions() {
        assertThat(connect("--to", "localhost:4318")).isEqualTo(1);
        assertThat(connect("--to", "127.0.0.1:4318")).isEqualTo(1);
        assertThat(connect("--to", "http://a;b@127.0.0.1:4318")).isEqualTo(1);
        assertThat(connect("--to", "http://127.0.0.1:4318/path")).isEqualTo(1);
        assertThat(connect("--key", "vk_a' b")).isEqualTo(1);
        assertThat(connect("--project")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--to is localhost:4318, and must be an address as http://127.0.0.1:4318 or"
                                + " https://muster.example.",
                        "--to is 127.0.0.1:4318, and must be an address as http://127.0.0.1:4318 or"
                                + " https://muster.example.",
                        "--to is http://a;b@127.0.0.1:4318, and must be an address as http://127.0.0.1:4318 or"
                                + " https://muster.example.",
                        "--to is http://127.0.0.1:4318/path, and must be without a path.",
                        "--key must be an API key, as vk_ and letters and digits.",
                        "--project and --settings name two files; leave one of them out.");
        assertThat(file).doesNotExist();
    }

    private int connect(String... options) {
        String[] arguments = Stream.concat(
                        Stream.of("connect", "claude-code", "--settings", file.toString()), Stream.of(options))
                .toArray(String[]::new);
        return Main.commandLine(Map.of(), folder)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<Path> backups() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().contains(".muster-backup-"))
                    .toList();
        }
    }
}
