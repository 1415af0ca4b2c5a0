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
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private final HttpServer server;
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ImportCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        answer("{\"accepted\":2,\"ignored\":0,\"refused\":[]}");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tellsWhatItDidAndThatNothingIsNew() throws IOException {
        Path transcript = Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"type\":\"user\",\"timestamp\":\"2026-11-22T10:00:00Z\",\"uuid\":\"u1\"}\n{\"type\":\"user\",\"uuid\":\"u2\"}\n");
        assertThat(run(transcript)).isZero();
        assertThat(out.toString())
                .matches("(?s)Imported 1 transcript in [0-9.]+ s: 2 lines, 2 events accepted, 0 lines without one, 0"
                        + " copies skipped, 0 refused\\.\\R");
        assertThat(folder.resolve("data/import-state/http-127.0.0.1-"
                        + server.getAddress().getPort()))
                .exists();
        out.getBuffer().setLength(0);
        assertThat(run(folder)).isZero();
        assertThat(out.toString().lines()).containsExactly("Nothing new in 1 transcript.");
        out.getBuffer().setLength(0);
        Files.writeString(transcript, "{\"type\":\"user\",\"uuid\":\"u3\"}\n", StandardOpenOption.APPEND);
        assertThat(run(folder)).isZero();
        assertThat(out.toString()).contains("s: 1 line, 2 events accepted,");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void failsIfNothingWasTakenAndSaysWhatCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), "{\"type\":\"x\",\"timestamp\":\"2026-11-22T10:00:00Z\"}\n{\n");
        Files.createSymbolicLink(folder.resolve("b.jsonl"), Path.of("nowhere"));
        server.removeContext("/");
        answer("{\"accepted\":0,\"ignored\":1,\"refused\":[]}");

        assertThat(run(folder)).isEqualTo(1);

        assertThat(out.toString()).contains("1 line without one", "1 refused, 1 file or folder that cannot be used.");
        assertThat(err.toString().lines())
                .contains(
                        folder.resolve("b.jsonl") + " is a link to nothing.",
                        "Nothing was taken: no line there tells of an agent's work.");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(run(folder.resolve("none"))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("There is no " + folder.resolve("none")
                        + "; name transcripts (*.jsonl) or folders, as ~/.claude/projects.");
    }

    private void answer(String body) {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(202, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
    }

    private int run(Path path) {
        return Main.commandLine(Map.of(), folder)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "import",
                        path.toString(),
                        "--to",
                        "http://127.0.0.1:" + server.getAddress().getPort());
    }
}
