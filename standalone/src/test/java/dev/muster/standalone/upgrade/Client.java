/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.standalone.Standalone;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** An agent and a user of a Muster at once: sends to the collector, commands and reads over the API. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SUCCESS = 2;

    private final Standalone muster;

    Client(Standalone muster) {
        this.muster = muster;
    }

    /** Sends to the collector what it must take. */
    void tell(String path, JsonNode body) throws IOException {
        tell(path, Standalone.LOCAL_KEY, body.toString(), "application/json");
    }

    /** Sends a body of many lines. */
    void tellLines(String path, Collection<String> lines) throws IOException {
        tell(path, Standalone.LOCAL_KEY, String.join("\n", lines), "application/x-ndjson");
    }

    void tell(String path, String key, String body, String type) throws IOException {
        Exchange.Answer answer = offer(path, key, body, type);
        if (answer.status() / 100 != SUCCESS) {
            throw new IOException(path + " was answered " + answer.status() + ": " + answer.body() + "\n" + body);
        }
    }

    /** Sends to the collector what it may refuse. */
    Exchange.Answer offer(String path, String key, String body, String type) throws IOException {
        return PlainHttp.send(
                muster.collector(),
                new Exchange.Request("POST", path, java.util.Map.of("Content-Type", type), body)
                        .with("Authorization", "Bearer " + key));
    }

    /** Commands something over the API. */
    JsonNode command(String method, String path, String body) throws IOException {
        Exchange.Answer answer = PlainHttp.send(
                muster.api(),
                body.isEmpty()
                        ? Exchange.Request.of(method, "/v1/me/" + path)
                        : Exchange.Request.json(method, "/v1/me/" + path, body));
        if (answer.status() / 100 != SUCCESS) {
            throw new IOException(path + " was answered " + answer.status() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    Exchange.Answer read(String path) throws IOException {
        return PlainHttp.send(muster.api(), Exchange.Request.get("/v1/me/" + path));
    }

    /** What is read once it is as expected. */
    JsonNode eventually(String path, Predicate<JsonNode> expected) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> JSON.readTree(read(path).body()), expected);
    }

    /** Waits until the audit log no longer grows. */
    void settle() {
        List<Integer> lengths = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    lengths.add(read("events?format=ndjson").body().length());
                    int last = lengths.size() - 1;
                    return last >= 3
                            && lengths.get(last).equals(lengths.get(last - 1))
                            && lengths.get(last).equals(lengths.get(last - 3));
                });
    }
}
