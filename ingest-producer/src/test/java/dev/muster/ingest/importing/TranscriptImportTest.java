/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptImportTest {

    private final FakeCollector collector = new FakeCollector(true);
    private ScriptedWatcher watcher = ScriptedWatcher.patient();
    private final Path folder;
    private final Path state;
    private final Path project;

    TranscriptImportTest(@TempDir Path temporary) throws IOException {
        folder = temporary.resolve("projects");
        project = folder.resolve("-home-dev-project");
        state = temporary.resolve("state");
    }

    @BeforeEach
    void makeProject() throws IOException {
        Files.createDirectories(project);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void sendsARecordedSessionWithItsSubagentOnce() throws Exception {
        recording("transcript.jsonl", project.resolve("02ace589.jsonl"));
        recording("subagent-transcript.jsonl", project.resolve("02ace589/subagents/agent-ada06.jsonl"));
        ImportTotals first = run();
        assertThat(first.files()).isEqualTo(2);
        assertThat(first.accepted()).isEqualTo(first.lines()).isEqualTo(collector.taken());
        assertThat(first.copies() + first.refused()).isZero();
        assertThat(first.bytes()).isEqualTo(26_792 + 7_551);

        assertThat(collector.lines().stream()
                        .filter(line -> line.has("toolNames"))
                        .map(line -> line.path("toolNames").toString()))
                .contains("{\"toolu_a1\":\"Bash\"}", "{\"toolu_b1\":\"Read\"}", "{\"toolu_s6\":\"Agent\"}")
                .hasSize(6);
        assertThat(collector.lines()).allMatch(line -> line.hasNonNull("promptId"));

        assertThat(run()).isEqualTo(ImportTotals.NONE);
        assertThat(collector.taken()).isEqualTo(first.lines());
        assertThat(run(true).accepted()).isEqualTo(first.lines());
    }

    @Test
    void sendsOnlyWhatIsNew() throws Exception {
        Path file = write("a.jsonl", prompt("u1", 1));
        run();
        append(file, prompt("u2", 2));
        assertThat(run().lines()).isEqualTo(1);
        assertThat(uuids()).containsExactly("u1", "u2");
    }

    @Test
    void leavesALineThatIsStillBeingWritten() throws Exception {
        Path file = write("a.jsonl", prompt("u1", 1));
        String second = prompt("u2", 2);
        append(file, second.substring(0, 30));
        run();
        assertThat(run().lines()).isZero();
        assertThat(uuids()).containsExactly("u1");
        append(file, second.substring(30));
        run();
        assertThat(uuids()).containsExactly("u1", "u2");
        assertThat(watcher.said()).isEmpty();
    }

    @Test
    void startsARewrittenFileAnew() throws Exception {
        Path file = write("a.jsonl", prompt("u1", 1) + prompt("u2", 2));
        run();
        Files.writeString(file, prompt("u3", 3));
        run();
        Files.writeString(file, prompt("u4", 4) + prompt("u5", 5) + prompt("u6", 6));
        run();
        assertThat(uuids()).containsExactly("u1", "u2", "u3", "u4", "u5", "u6");
    }

    @Test
    void skipsWhatAnEarlierFileHas() throws Exception {
        String copied = prompt("u1", 1) + answer("a1", 2, "m1", "r1", 5) + result("x1", 3, "t1");
        write("2-earlier.jsonl", copied);
        // Another session id and other uuids, as after a fork; one file begins later, though its name comes first.
        String renamed = copied.replace("u1", "u9")
                .replace("a1", "a9")
                .replace("x1", "x9")
                .replace("\"s\"", "\"s2\"");
        write("1-later.jsonl", prompt("u0", 4) + renamed + copied + answer("a2", 6, "m2", "r2", 5));
        ImportTotals totals = run();
        assertThat(totals.copies()).isEqualTo(5);
        assertThat(uuids()).containsExactly("u1", "a1", "x1", "u0", "u9", "a2");

        // Known in a later run too.
        write("3-latest.jsonl", copied);
        assertThat(run().copies()).isEqualTo(3);
    }

    @Test
    void skipsWhatAForkOfAnotherFolderCopied() throws Exception {
        String message = "msg_01XFDUDYJgAACzvnptvVoYEL";
        String call = "toolu_01A09q90qw90lq917835lq9";
        write("a.jsonl", answer("a1", 1, message, "r1", 5) + result("x1", 2, call));
        Path other = Files.createDirectories(folder.resolve("other")).resolve("b.jsonl");
        Files.writeString(other, answer("a2", 1, message, "r1", 5) + result("x2", 2, call) + prompt("u1", 3));

        assertThat(run().copies()).isEqualTo(2);
        assertThat(uuids()).containsExactly("a1", "x1", "u1");

        // Its own lines, which another folder has with another session's id.
        Path third = Files.createDirectories(folder.resolve("third")).resolve("c.jsonl");
        Files.writeString(third, prompt("u1", 3).replace("\"s\"", "\"s2\"") + prompt("u1", 4));
        assertThat(run().copies()).isEqualTo(1);
    }

    /** As gateways and small models number what they answer. */
    @Test
    void doesNotTakeForACopyWhatOnlyHasTheSameCountedId() throws Exception {
        write("a.jsonl", answer("a1", 1, "m1", "r1", 5) + result("x1", 2, "Bash:0") + result("x2", 3, "Bash:0"));
        write("b.jsonl", answer("a3", 4, "m1", "r1", 5) + result("x3", 5, "Bash:0"));
        Path other = Files.createDirectories(folder.resolve("other")).resolve("b.jsonl");
        Files.writeString(other, answer("a2", 1, "m1", "r1", 5));
        assertThat(run().copies()).isZero();
    }

    @Test
    void linesOfAMessageWithAConstantIdAreJoinedOnlyWhileItGrows() throws Exception {
        write(
                "a.jsonl",
                answer("a1", 1, "gw", "", 1)
                        + answer("a2", 2, "gw", "", 3)
                        + answer("a3", 3, "gw", "", 2)
                        + prompt("u1", 4)
                        + answer("a4", 5, "gw", "", 9));
        run();
        assertThat(collector.lines())
                .filteredOn(line -> line.path("type").asText().equals("assistant"))
                .extracting(line -> line.at("/message/usage/output_tokens").asInt())
                .containsExactly(3, 3, 2, 9);
    }

    @Test
    void letsAllLinesOfAMessageWithoutARequestTellItsLargestUsage() throws Exception {
        String message = "msg_01XFDUDYJgAACzvnptvVoYEL";
        write(
                "a.jsonl",
                answer("a1", 1, message, "", 1)
                        + answer("a2", 2, message, "", 9)
                        + result("x1", 3, "t1")
                        + answer("a3", 4, message, "", 4)
                        + answer("b1", 5, "m2", "req_011CSHoEeqs5C35K2UUqR7Fy", 1)
                        + answer("b2", 6, "m2", "req_011CSHoEeqs5C35K2UUqR7Fy", 2));
        run();
        assertThat(collector.lines().stream()
                        .filter(line -> line.at("/message").has("usage"))
                        .map(line -> line.at("/message/usage/output_tokens").asInt()))
                .containsExactly(9, 9, 9, 1, 2);
    }

    @Test
    void sendsAHugeImageAsALittleLine() throws Exception {
        String image = "A".repeat(5_000_000);
        write(
                "a.jsonl",
                prompt("u1", 1)
                        + "{\"type\":\"user\",\"uuid\":\"u2\",\"timestamp\":\"2026-11-22T10:00:02Z\",\"toolUseResult\":{\"file\":{"
                        + "\"base64\":\"" + image
                        + "\"},\"durationMs\":7},\"message\":{\"role\":\"user\",\"content\":[{\"type\":"
                        + "\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"image\",\"source\":{\"data\":\""
                        + image
                        + "\"}}]},{\"type\":\"text\",\"text\":\"" + image + "\"}]}}\n"
                        + prompt("u3", 3));
        assertThat(run().accepted()).isEqualTo(3);
        assertThat(collector.sizes()).allMatch(size -> size < 10_000);
        JsonNode line = collector.lines().get(1);
        assertThat(line.at("/toolUseResult/durationMs").asInt()).isEqualTo(7);
        assertThat(line.at("/message/content/1/text").asText()).hasSize(TranscriptLineFilter.TEXT);
    }

    @Test
    void tellsOfLinesThatAreNoTranscriptsAndGoesOn() throws Exception {
        write("a.jsonl", prompt("u1", 1) + "{broken\n\n[]\n{\"no\":\"type\"}\n\0\0\0\0\n" + prompt("u2", 2));
        ImportTotals totals = run();
        assertThat(totals.accepted()).isEqualTo(2);
        assertThat(totals.refused()).isEqualTo(3);
        assertThat(watcher.said()).hasSize(3).first().asString().contains("a.jsonl, line 2: is no JSON");
    }

    @Test
    void goesOnPastWhatCannotBeUsedAndTellsEachOnce() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        write("rollout.jsonl", "{\"record_type\":\"state\"}\n");
        Files.createSymbolicLink(project.resolve("loop"), Path.of(".."));
        Files.createSymbolicLink(project.resolve("gone.jsonl"), Path.of("nowhere"));
        Files.createSymbolicLink(project.resolve("same.jsonl"), Path.of("a.jsonl"));
        Files.createDirectories(project.resolve("folder.jsonl"));

        ImportTotals totals = run();

        assertThat(totals.accepted()).isEqualTo(1);
        assertThat(totals.unusable()).isEqualTo(3);
        assertThat(watcher.said())
                .containsExactlyInAnyOrder(
                        project.resolve("loop") + " leads back to a folder that it is in, and is not followed.",
                        project.resolve("gone.jsonl") + " is a link to nothing.",
                        project.resolve("rollout.jsonl") + " is no transcript of Claude Code.");
    }

    @Test
    void aFileThatVanishesStopsNothingElse() throws Exception {
        Path gone = write("a.jsonl", prompt("u1", 1));
        write("b.jsonl", prompt("u2", 2));
        watcher = new ScriptedWatcher(() -> false, Long.MAX_VALUE) {
            @Override
            public void progress(ImportTotals soFar, long totalBytes, long totalFiles) {
                delete(gone);
                super.progress(soFar, totalBytes, totalFiles);
            }
        };

        assertThat(run().accepted()).isEqualTo(1);
        assertThat(watcher.said()).containsExactly(gone + " is no longer there.");
    }

    @Test
    void saysWhyAPathCannotBeUsed() {
        Unusable unusable = new Unusable(watcher);
        unusable.add(project, new AccessDeniedException("x"));
        unusable.add(project, new AccessDeniedException("x"));
        unusable.add(folder, new IOException("Input/output error"));

        assertThat(watcher.said())
                .containsExactly(
                        project + " may not be read by this user.", folder + " cannot be read (Input/output error).");
        assertThat(unusable.count()).isEqualTo(2);
    }

    @Test
    void tookNothingUntilSomethingWasTaken() throws Exception {
        Path file = write("a.jsonl", line("system", "u1", 1, "\"subtype\":\"x\"") + "{broken\n");
        collector.answerOnce(202, "{\"accepted\":0,\"ignored\":1,\"refused\":[]}", "");
        assertThat(tookNothing()).isTrue();

        append(file, prompt("u2", 2));
        assertThat(tookNothing()).isFalse();
        assertThat(tookNothing()).as("there is nothing new").isFalse();
    }

    @Test
    void whatIsTooOldIsNotTaken() throws Exception {
        write("a.jsonl", prompt("u1", 1) + prompt("u2", 2));
        collector.answerOnce(202, "{\"accepted\":2,\"tooOld\":2,\"ignored\":0,\"refused\":[]}", "");

        assertThat(tookNothing()).isTrue();
        assertThat(watcher.totals().tooOld()).isEqualTo(2);
    }

    private boolean tookNothing() throws IOException, InterruptedException {
        TranscriptImport transcripts = new TranscriptImport(
                new TranscriptImport.Request(List.of(folder), collector.address(), "vk_test", state, false, false),
                InstantSource.system(),
                watcher);
        transcripts.run();
        return transcripts.tookNothing();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitsAsLongAsABusyCollectorAsksFor() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        collector.answerOnce(429, "{}", "7");
        collector.answerOnce(503, "{}", "");
        assertThat(run().accepted()).isEqualTo(1);
        assertThat(watcher.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1));
    }

    @Test
    void splitsWhatIsTooLong() throws Exception {
        write("a.jsonl", prompt("u1", 1) + prompt("u2", 2) + prompt("u3", 3));
        collector.takeAtMost(1);
        assertThat(run().accepted()).isEqualTo(3);
        assertThat(uuids()).containsExactly("u1", "u2", "u3");
        write("b.jsonl", prompt("u4", 4));
        collector.takeAtMost(0);
        assertThat(run().refused()).isEqualTo(1);
        assertThat(watcher.said()).containsExactly(project.toRealPath().resolve("b.jsonl") + ", line 1: too long");
    }

    @Test
    void tellsWhatTheCollectorRefuses() throws Exception {
        write("a.jsonl", prompt("u1", 1) + prompt("u2", 2));
        collector.answerOnce(
                202,
                "{\"accepted\":1,\"ignored\":0,\"refused\":[{\"line\":1,\"details\":[{\"path\":[\"uuid\"],\"message\":\"bad\"}]}]}",
                "");
        assertThat(run().refused()).isEqualTo(1);
        write("b.jsonl", prompt("u3", 3) + prompt("u4", 4));
        collector.answerOnce(400, "{\"error\":\"Validation failed\",\"details\":[]}", "");
        assertThat(run().refused()).isEqualTo(2);
        Path real = project.toRealPath();
        assertThat(watcher.said())
                .containsExactly(
                        real.resolve("a.jsonl") + ", line 2: uuid: bad",
                        real.resolve("b.jsonl") + ", lines 1 to 2: Validation failed");
    }

    @Test
    void stopsWhenTheKeyIsNotTakenAndNeverShowsIt() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        TranscriptImport.Request request = new TranscriptImport.Request(
                List.of(folder), collector.address(), "vk_secret_of_mine", state, false, false);
        assertThatThrownBy(() -> new TranscriptImport(request, InstantSource.system(), watcher).run())
                .isInstanceOf(ImportRefusedException.class)
                .hasMessage("The collector " + collector.address()
                        + " does not take the key vk_sec…; give one that it knows with --key.");
        assertThat(run().accepted()).isEqualTo(1);
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        TranscriptImport.Request request =
                new TranscriptImport.Request(List.of(folder), nobody, "vk_test", state, false, false);
        assertThatThrownBy(() -> new TranscriptImport(request, InstantSource.system(), watcher).run())
                .isInstanceOf(ImportRefusedException.class)
                .hasMessage("The collector " + nobody
                        + " cannot be reached; start it with './muster up', or name another with --to.");
    }

    @Test
    void saysWhatItDoesNotFind() throws Exception {
        write("notes.jsonl", "{\"a\":1}\n");
        assertThatThrownBy(this::run).hasMessageStartingWith("There is no transcript of Claude Code in " + folder);
        TranscriptImport.Request nowhere = new TranscriptImport.Request(
                List.of(folder.resolve("none")), collector.address(), "vk_test", state, false, false);
        assertThatThrownBy(() -> new TranscriptImport(nowhere, InstantSource.system(), watcher).run())
                .hasMessageStartingWith("There is no " + folder.resolve("none") + ";");
    }

    @Test
    void refusesASecondImportAtOnceAndADamagedState() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        try (ImportState held = ImportState.open(state, false, InstantSource.system())) {
            assertThat(held.owners().size()).isZero();
            assertThatThrownBy(this::run).hasMessageStartingWith("Another import to this collector is running");
        }
        run();
        byte[] damaged = Files.readAllBytes(state);
        damaged[damaged.length - 12]++;
        Files.write(state, damaged);
        assertThatThrownBy(this::run).hasMessageContaining("is damaged").hasMessageContaining("--again");
        assertThat(run(true).accepted()).isEqualTo(1);
        assertThat(run()).isEqualTo(ImportTotals.NONE);
    }

    @Test
    void goesOnWhereItWasStopped() throws Exception {
        TranscriptFolder made = TranscriptFolder.make(folder, 3 << 20);
        watcher = new ScriptedWatcher(() -> false, made.lines() / 2);
        run();
        assertThat(collector.taken()).isBetween(1L, made.distinct() - 1);
        watcher = ScriptedWatcher.patient();
        run();
        assertThat(collector.taken()).isEqualTo(made.distinct());
        assertThat(uuids()).doesNotHaveDuplicates();
        assertThat(run()).isEqualTo(ImportTotals.NONE);
    }

    @Test
    void followsWhatIsWritten() throws Exception {
        Path file = write("a.jsonl", prompt("u1", 1));
        AtomicInteger round = new AtomicInteger();
        watcher = new ScriptedWatcher(
                () -> {
                    switch (round.incrementAndGet()) {
                        case 1 -> append(file, prompt("u2", 2));
                        case 2 -> append(project.resolve("b.jsonl"), prompt("u3", 3) + "{\"type\":");
                        case 3 -> append(project.resolve("b.jsonl"), "\"user\",\"uuid\":\"u4\"}\n");
                        default -> {
                            return true;
                        }
                    }
                    return false;
                },
                Long.MAX_VALUE);
        new TranscriptImport(
                        new TranscriptImport.Request(
                                List.of(folder), collector.address(), "vk_test", state, false, true),
                        InstantSource.system(),
                        watcher)
                .run();
        assertThat(uuids()).containsExactly("u1", "u2", "u3", "u4");
        assertThat(run()).isEqualTo(ImportTotals.NONE);
    }

    @Test
    void aCollectorThatBeganAnewIsSentEverything() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        run();
        collector.sendTo("one");
        assertThat(run()).isEqualTo(ImportTotals.NONE);

        collector.sendTo("another");

        assertThat(run().accepted()).isEqualTo(1);
        assertThat(uuids()).containsExactly("u1", "u1");
        assertThat(watcher.said())
                .containsExactly("The collector " + collector.address()
                        + " keeps its events in another Kafka than at the last import; everything is sent to it.");
        assertThat(run()).isEqualTo(ImportTotals.NONE);
        collector.sendTo("");
        assertThat(run()).isEqualTo(ImportTotals.NONE);
    }

    @Test
    void aBodyThatCameTooSlowlyIsSentAgain() throws Exception {
        write("a.jsonl", prompt("u1", 1));
        collector.answerOnce(408, "{\"error\":\"timeout\"}", "");

        assertThat(run().accepted()).isEqualTo(1);
    }

    private ImportTotals run() throws IOException, InterruptedException {
        return run(false);
    }

    private ImportTotals run(boolean again) throws IOException, InterruptedException {
        return new TranscriptImport(
                        new TranscriptImport.Request(
                                List.of(folder), collector.address(), "vk_test", state, again, false),
                        InstantSource.system(),
                        watcher)
                .run();
    }

    private List<String> uuids() {
        return collector.lines().stream()
                .map(line -> line.path("uuid").asText())
                .toList();
    }

    private Path write(String name, String lines) throws IOException {
        return Files.writeString(project.resolve(name), lines);
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void recording(String name, Path to) throws IOException {
        Files.createDirectories(to.resolve("..").normalize());
        try (InputStream in = TranscriptImportTest.class.getResourceAsStream("/fixtures/claude-code/" + name)) {
            assertThat(in).isNotNull();
            Files.copy(in, to);
        }
    }

    private static String prompt(String uuid, int second) {
        return line("user", uuid, second, "\"message\":{\"role\":\"user\",\"content\":\"Hello\"}");
    }

    private static String answer(String uuid, int second, String message, String request, int output) {
        return line(
                "assistant",
                uuid,
                second,
                (request.isEmpty() ? "" : "\"requestId\":\"" + request + "\",") + "\"message\":{\"id\":\"" + message
                        + "\",\"role\":\"assistant\",\"usage\":{\"output_tokens\":" + output + "},\"content\":[]}");
    }

    private static String result(String uuid, int second, String tool) {
        return line(
                "user",
                uuid,
                second,
                "\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + tool
                        + "\",\"content\":\"done\"}]}");
    }

    private static String line(String type, String uuid, int second, String rest) {
        return "{\"type\":\"" + type + "\",\"uuid\":\"" + uuid
                + "\",\"sessionId\":\"s\",\"timestamp\":\"2026-11-22T10:00:0" + second + "Z\"," + rest + "}\n";
    }
}
