/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * Makes a folder of transcripts, as large as is wanted: projects with sessions and subagents, tool calls with long
 * results, now and then an image, and forks that begin with the lines of another session. As a program it makes one and
 * imports it twice into a collector that only counts: {@code TranscriptFolder DIR MEBIBYTES}.
 */
final class TranscriptFolder {

    private static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00Z");
    private static final int TURNS = 60;
    private static final int IMAGE = 200_000;

    private final Path folder;
    private final Random random = new Random(7);
    private long lines;
    private long distinct;
    private long bytes;

    private TranscriptFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes at least so many bytes. */
    static TranscriptFolder make(Path folder, long bytes) throws IOException {
        TranscriptFolder made = new TranscriptFolder(folder);
        for (int session = 0; made.bytes < bytes; session++) {
            made.session(session);
        }
        return made;
    }

    /** How many lines there are. */
    long lines() {
        return lines;
    }

    /** How many of them are no copies. */
    long distinct() {
        return distinct;
    }

    private void session(int session) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project-" + session % 5));
        Path file = project.resolve("s" + session + ".jsonl");
        boolean forks = session % 4 == 1 && session > 5;
        if (forks) {
            // The fork's name sorts after its origin's, for both begin at one time.
            Path origin = project.resolve("s" + (session - 5) + ".jsonl");
            file = project.resolve("s" + (session - 5) + "-fork.jsonl");
            Files.copy(origin, file);
            try (var copied = Files.lines(file)) {
                lines += copied.count();
            }
            bytes += Files.size(file);
        }
        talk(file, "s" + session, BEGIN.plusSeconds(session * 3_600L), "");
        if (session % 3 == 0) {
            Path subagents =
                    Files.createDirectories(project.resolve("s" + session).resolve("subagents"));
            talk(
                    subagents.resolve("agent-a" + session + ".jsonl"),
                    "s" + session,
                    BEGIN.plusSeconds(session * 3_600L + 60),
                    "a" + session);
        }
    }

    private void talk(Path file, String session, Instant begin, String agent) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int turn = 0; turn < TURNS; turn++) {
                String id = session + agent + "-" + turn;
                Instant time = begin.plusSeconds(turn * 20L);
                line(
                        out,
                        "user",
                        id + "u",
                        session,
                        agent,
                        time,
                        "\"message\":{\"role\":\"user\",\"content\":\"" + text(80) + "\"}");
                for (String block : new String[] {
                    "{\"type\":\"text\",\"text\":\"" + text(400) + "\"}",
                    "{\"type\":\"tool_use\",\"id\":\"t" + id + "\",\"name\":\"Bash\",\"input\":{\"command\":\"ls\"}}"
                }) {
                    line(
                            out,
                            "assistant",
                            id + "a" + block.length(),
                            session,
                            agent,
                            time.plusSeconds(2),
                            "\"requestId\":\"r" + id + "\",\"message\":{\"role\":\"assistant\",\"id\":\"m" + id
                                    + "\",\"model\":\"claude-sonnet-4-5\",\"usage\":{\"input_tokens\":10,"
                                    + "\"output_tokens\":" + turn + "},\"content\":[" + block + "]}");
                }
                boolean image = random.nextInt(40) == 0;
                String result = image
                        ? "[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"data\":\"" + "A".repeat(IMAGE)
                                + "\"}}]"
                        : "\"" + text(2_500) + "\"";
                line(
                        out,
                        "user",
                        id + "r",
                        session,
                        agent,
                        time.plusSeconds(5),
                        "\"toolUseResult\":{\"stdout\":\"" + text(2_500) + "\",\"interrupted\":false},"
                                + "\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t"
                                + id + "\",\"content\":" + result + "}]}");
            }
        }
    }

    private void line(
            BufferedWriter out, String type, String uuid, String session, String agent, Instant time, String rest)
            throws IOException {
        String line = "{\"type\":\"" + type + "\",\"uuid\":\"" + uuid + "\",\"sessionId\":\"" + session
                + "\",\"cwd\":\"/home/dev/app\",\"timestamp\":\"" + time + "\","
                + (agent.isEmpty() ? "" : "\"isSidechain\":true,\"agentId\":\"" + agent + "\",") + rest + "}\n";
        out.write(line);
        bytes += line.getBytes(UTF_8).length;
        lines++;
        distinct++;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append("word").append(random.nextInt(1000)).append(' ');
        }
        return text.toString();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        TranscriptFolder made = make(folder.resolve("projects"), Long.parseLong(arguments[1]) << 20);
        System.out.println(made.lines + " lines, " + made.distinct + " without copies, " + made.bytes + " bytes");
        try (FakeCollector collector = new FakeCollector(false)) {
            for (int run = 1; run <= 2; run++) {
                TranscriptImport.Request request = new TranscriptImport.Request(
                        List.of(folder.resolve("projects")),
                        collector.address(),
                        "vk_test",
                        folder.resolve("state"),
                        false,
                        false);
                long start = InstantSource.system().millis();
                ImportTotals totals =
                        new TranscriptImport(request, InstantSource.system(), ScriptedWatcher.patient()).run();
                System.out.println("run " + run + ": " + totals + " in "
                        + (InstantSource.system().millis() - start) + " ms; the collector has " + collector.taken()
                        + " lines");
            }
        }
    }
}
