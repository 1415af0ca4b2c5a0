/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The collector as the import sees it: takes lines, and is waited for while it is busy or away. */
final class CollectorClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** Busy answers or failures in a row after which an import that does not follow gives up. */
    private static final int MAX_ATTEMPTS = 30;

    private static final int SHOWN_OF_A_KEY = 6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI collector;
    private final String key;
    private final ImportWatcher watcher;
    private final boolean patient;
    private boolean reached;

    /** @param patient whether to wait for as long as it takes, once the collector has answered */
    CollectorClient(URI collector, String key, ImportWatcher watcher, boolean patient) {
        this.collector = collector;
        this.key = key;
        this.watcher = watcher;
        this.patient = patient;
    }

    /** What became of the lines that were sent. */
    sealed interface Answer {

        /** They are with the collector, but for those that it refused. */
        record Taken(long accepted, long tooOld, long ignored, List<Refusal> refused) implements Answer {}

        /** None was taken, because they are too long together. */
        record TooLong() implements Answer {}

        /** None was taken. */
        record Refused(String reason) implements Answer {}

        /** The import was told to end before there was an answer. */
        record Stopped() implements Answer {}
    }

    /**
     * A line that the collector did not take.
     *
     * @param index its place among those sent, from 0
     */
    record Refusal(int index, String reason) {}

    /** The Kafka cluster that the collector's events go to; empty if it does not tell. */
    Optional<String> cluster() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(collector.resolve("/health"))
                .timeout(ANSWER)
                .build();
        try {
            JsonNode id = JSON.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .path("cluster");
            return id.isTextual() ? Optional.of(id.textValue()) : Optional.empty();
        } catch (IOException e) {
            // Whether it is there at all is said by what is sent.
            return Optional.empty();
        }
    }

    /**
     * Sends lines until there is an answer to them.
     *
     * @throws ImportRefusedException if the collector cannot be reached, or takes nothing from this sender
     */
    Answer send(List<byte[]> lines) throws InterruptedException {
        HttpRequest request = request(lines);
        for (int attempt = 1; ; attempt++) {
            Duration wait = WAIT;
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                reached = true;
                switch (response.statusCode()) {
                    case 200, 202 -> {
                        return taken(response.body());
                    }
                    case 400 -> {
                        return new Answer.Refused(reason(response.body()));
                    }
                    case 413 -> {
                        return new Answer.TooLong();
                    }
                    case 401, 403 ->
                        throw new ImportRefusedException("The collector " + collector + " does not take the key "
                                + shown(key) + "; give one that it knows with --key.");
                    case 408, 429, 500, 502, 503, 504 -> wait = retryAfter(response);
                    default ->
                        throw new ImportRefusedException("The collector " + collector + " answers "
                                + response.statusCode() + " to transcripts; is it a Muster that knows them?");
                }
            } catch (IOException e) {
                if (!reached) {
                    throw new ImportRefusedException(
                            "The collector " + collector
                                    + " cannot be reached; start it with './muster up', or name another with --to.",
                            e);
                }
            }
            if (attempt >= MAX_ATTEMPTS && !patient) {
                throw new ImportRefusedException("The collector " + collector
                        + " has not taken anything for a while; the same command goes on from here later.");
            }
            if (attempt == 1) {
                watcher.say("The collector is busy or away; waiting for it.");
            }
            if (watcher.pause(wait)) {
                return new Answer.Stopped();
            }
        }
    }

    private HttpRequest request(List<byte[]> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(body)) {
            for (byte[] line : lines) {
                zipped.write(line);
                zipped.write('\n');
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written", e);
        }
        return HttpRequest.newBuilder(collector.resolve("/v1/transcripts/claude-code"))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    private Answer taken(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            List<Refusal> refused = new ArrayList<>();
            for (JsonNode line : answer.path("refused")) {
                refused.add(new Refusal(line.path("line").asInt(), messages(line.path("details"))));
            }
            return new Answer.Taken(
                    answer.path("accepted").asLong(),
                    answer.path("tooOld").asLong(),
                    answer.path("ignored").asLong(),
                    refused);
        } catch (IOException e) {
            throw new ImportRefusedException("The collector " + collector + " answers what is no JSON.", e);
        }
    }

    private static String reason(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            String details = messages(answer.path("details"));
            return details.isEmpty() ? answer.path("error").asText("no reason given") : details;
        } catch (IOException e) {
            return "no reason given";
        }
    }

    private static String messages(JsonNode details) {
        List<String> messages = new ArrayList<>();
        for (JsonNode detail : details) {
            List<String> path = new ArrayList<>();
            detail.path("path").forEach(step -> path.add(step.asText()));
            String message = detail.path("message").asText();
            messages.add(path.isEmpty() ? message : String.join(".", path) + ": " + message);
        }
        return String.join("; ", messages);
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .orElse(WAIT);
    }

    private static String shown(String key) {
        return key.length() <= SHOWN_OF_A_KEY ? "given" : key.substring(0, SHOWN_OF_A_KEY) + "…";
    }
}
