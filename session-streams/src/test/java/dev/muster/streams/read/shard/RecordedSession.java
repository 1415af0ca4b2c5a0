/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ingest.claudecode.ClaudeCodeHooks;
import dev.muster.ingest.otlp.OtlpSource;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.transcript.TranscriptLines;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One session of a real client, as each of its sources told it. */
final class RecordedSession {

    static final String ACCOUNT = "acme";
    static final String ID = "02ace589-459f-407d-bd7c-0fa1a6e6bf93";
    static final String SUBAGENT = "ada06ac25d10c6cdc";

    /** When its last event was. */
    static final Instant END = Instant.parse("2026-11-22T16:37:41Z");

    private static final Path RECORDINGS =
            Path.of("..", "ingest-producer", "src", "test", "resources", "fixtures", "claude-code");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Who told it. */
    enum Teller {
        HOOKS,
        LOGS,
        SPANS,
        TRANSCRIPT
    }

    private RecordedSession() {}

    /** What one of them told, in the order of telling. */
    static List<HookEvent> events(Teller teller) {
        return events(teller, UnaryOperator.identity());
    }

    /** What one of them would have told, had each of its lines been another. */
    static List<HookEvent> events(Teller teller, UnaryOperator<String> line) {
        return switch (teller) {
            case HOOKS -> requests("hooks.ndjson", line, new ClaudeCodeHooks());
            case LOGS -> requests("otlp-logs.ndjson", line, OtlpSource.logs());
            case SPANS -> requests("otlp-traces.ndjson", line, OtlpSource.traces());
            case TRANSCRIPT -> {
                List<HookEvent> events = new ArrayList<>();
                for (String file : List.of("transcript.jsonl", "subagent-transcript.jsonl")) {
                    events.addAll(read(new TranscriptLines(), END, String.join("\n", lines(file, line))));
                }
                yield events;
            }
        };
    }

    private static List<HookEvent> requests(String file, UnaryOperator<String> each, EventSource source) {
        List<HookEvent> events = new ArrayList<>();
        for (String line : lines(file, each)) {
            try {
                JsonNode request = JSON.readTree(line);
                Instant received =
                        Instant.ofEpochMilli(request.path("receivedAt").longValue());
                events.addAll(read(source, received, request.path("body").toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return events;
    }

    private static List<HookEvent> read(EventSource source, Instant received, String body) {
        try {
            return source.read(
                            new Incoming(ACCOUNT, Optional.empty(), received, "application/json", body.getBytes(UTF_8)))
                    .events();
        } catch (InvalidBodyException e) {
            throw new AssertionError("refused: " + e.issues(), e);
        }
    }

    private static List<String> lines(String file, UnaryOperator<String> each) {
        try {
            return Files.readAllLines(RECORDINGS.resolve(file)).stream()
                    .map(each)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
