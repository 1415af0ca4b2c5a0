/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the API, whose refusals are sentences. */
final class ApiClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Longer than the API itself waits for Kafka. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final int SUCCESSES = 2;
    private static final int PER_CLASS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI api;

    /**
     * A client.
     *
     * @throws CommandFailedException if the address is none of HTTP's
     */
    ApiClient(String address) {
        try {
            api = URI.create(address.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw notAnAddress(address);
        }
        if (api.getHost() == null || !String.valueOf(api.getScheme()).matches("https?")) {
            throw notAnAddress(address);
        }
    }

    JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    void delete(String path) {
        send("DELETE", path, BodyPublishers.noBody());
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws CommandFailedException if there is none, or it is a refusal
     */
    private JsonNode send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            JsonNode json = answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
            if (answer.statusCode() / PER_CLASS != SUCCESSES) {
                throw new CommandFailedException(json.path("message")
                        .asText("The API at " + api + " answered with status " + answer.statusCode() + "."));
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("What answers at " + api + " is not Muster's API; name it with --api.", e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "The API cannot be reached at " + api
                            + "; start it with './muster up', or name its address with --api.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted before the API answered.", e);
        }
    }

    private static CommandFailedException notAnAddress(String address) {
        return new CommandFailedException(
                "--api is «" + address + "», and must be an address as http://127.0.0.1:8080.");
    }
}
