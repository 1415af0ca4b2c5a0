/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    void findsTheSettingsWhereTheyAre() {
        Path config = folder.resolve("moved");
        run(Map.of("CLAUDE_CONFIG_DIR", config.toString(), "HOME", folder.toString()), "--dry-run");
        assertThat(out.toString()).contains("Would change " + config.resolve("settings.json"));
        out.getBuffer().setLength(0);
        run(Map.of("CLAUDE_CONFIG_DIR", " ", "HOME", folder.toString()), "--dry-run");
        assertThat(out.toString()).contains("Would change " + folder.resolve(".claude/settings.json"));
        out.getBuffer().setLength(0);
        run(Map.of("CLAUDE_CONFIG_DIR", config.toString()));
        assertThat(config.resolve("settings.json")).exists();
        assertThat(out.toString()).contains("./muster import " + config.resolve("projects"));
    }

    @Test
    void changesNothingThatIsNoFile() throws IOException {
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThat(connect()).isEqualTo(1);
        assertThat(Files.isSymbolicLink(file)).isTrue();
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(connect()).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        file + " is a link to nothing; mend or remove it first. Nothing was changed.",
                        file + " is a folder, and must be a file. Nothing was changed.");
    }

    @Test
    void aFolderThatIsAFileIsTold() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "").resolve("settings.json");
        assertThat(run(Map.of("HOME", folder.toString()), "--settings", blocked.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith(blocked + " cannot be written: ");
    }

    @Test
    void saysWhenHooksWouldNeverRun() throws IOException {
        Files.writeString(file, "{\"disableAllHooks\": true, \"allowedHttpHookUrls\": [\"https://a.example/*\"]}");
        assertThat(connect("--dry-run")).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + " disables all hooks (disableAllHooks): none of these runs.",
                        file + " allows hooks to other addresses only (allowedHttpHookUrls): add"
                                + " http://127.0.0.1:4318/v1/hooks/claude-code.");
        err.getBuffer().setLength(0);
        Files.writeString(
                file, "{\"disableAllHooks\": false, \"allowedHttpHookUrls\": [\"x\", \"http://127.0.0.1:*/v1/*\"]}");
        connect("--dry-run");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theFirstFileThatSaysSoHolds() throws IOException {
        Path managed = Files.writeString(folder.resolve("managed.json"), "{\"allowManagedHooksOnly\": true}");
        Path off = Files.writeString(
                folder.resolve("off.json"), "{\"disableAllHooks\": true, \"allowManagedHooksOnly\": true}");
        Path on = Files.writeString(
                folder.resolve("on.json"), "{\"disableAllHooks\": false, \"allowedHttpHookUrls\": [\"http://a/*\"]}");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"allowedHttpHookUrls\": []}");
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', (byte) 0xe9});

        assertThat(HookLimits.of(List.of(latin, on, off, other), List.of(), "http://a/hooks"))
                .isEmpty();
        assertThat(HookLimits.of(List.of(managed, off, on), List.of(managed), "http://b/hooks"))
                .containsExactly(
                        off + " disables all hooks (disableAllHooks): none of these runs.",
                        managed + " allows an administrator's hooks only (allowManagedHooksOnly): none of these runs.",
                        on + " allows hooks to other addresses only (allowedHttpHookUrls): add http://b/hooks.");
    }

    @Test
    void checksWhatIsInstalled() throws IOException {
        List<String> received = new ArrayList<>();
        AtomicInteger status = new AtomicInteger(200);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(connect("--check")).isEqualTo(1);
            assertThat(err.toString()).contains(file + " has no hooks of Muster's; connect it first, without --check.");
            connect("--to", address, "--key", "vk_mine");
            err.getBuffer().setLength(0);

            assertThat(connect("--check")).isZero();
            assertThat(received).hasSize(2);
            assertThat(received.get(0))
                    .startsWith("/v1/hooks/claude-code Bearer vk_mine {\"session_id\":\"muster-connection-check\"");
            assertThat(received.get(1)).isEqualTo("/v1/logs Bearer vk_mine {}");
            assertThat(out.toString())
                    .contains("The test event arrived at " + address + "/v1/hooks/claude-code;")
                    .contains("Telemetry is taken at " + address + ".");

            status.set(401);
            assertThat(connect("--check")).isEqualTo(1);
            status.set(500);
            assertThat(connect("--check")).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(connect("--check")).isEqualTo(1);
        assertThat(err.toString().lines())
                .contains(
                        address + "/v1/hooks/claude-code does not know the key that stands in the settings.",
                        address + "/v1/logs answered with status 500.",
                        address + "/v1/hooks/claude-code cannot be reached; is the collector running?");
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
        return run(
                Map.of("HOME", folder.toString()),
                Stream.concat(Stream.of("--settings", file.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private int run(Map<String, String> environment, String... options) {
        String[] arguments = Stream.concat(Stream.of("connect", "claude-code"), Stream.of(options))
                .toArray(String[]::new);
        return Main.commandLine(environment, folder)
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
