/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Sends what Claude Code would send, to where its settings say and with the key that stands there. */
final class ConnectionCheck {

    /** The session that the test event is in. */
    static final String SESSION = "muster-connection-check";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;
    private static final String EVENT = "{\"session_id\":\"" + SESSION
            + "\",\"hook_event_name\":\"Notification\",\"cwd\":\"/muster-connection-check\","
            + "\"notification_type\":\"auth_success\","
            + "\"message\":\"Sent by muster connect --check\"}";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectNode settings;

    ConnectionCheck(ObjectNode settings) {
        this.settings = settings;
    }

    /** Where hooks go; empty when none of ours is there. */
    Optional<String> hooks() {
        return handler().map(handler -> handler.path("url").asText());
    }

    /** Why a test event did not arrive through the hooks, in a sentence; empty when it did. */
    Optional<String> sendHook() throws InterruptedException {
        JsonNode handler = handler().orElseThrow();
        return send(
                handler.path("url").asText(),
                handler.path("headers").path("Authorization").asText(),
                EVENT);
    }

    /** Where telemetry goes; empty when it is not ours. */
    Optional<String> telemetry() {
        JsonNode env = settings.path("env");
        return env.has(ClaudeCodeConnection.NOTE) && env.hasNonNull("OTEL_EXPORTER_OTLP_ENDPOINT")
                ? Optional.of(env.get("OTEL_EXPORTER_OTLP_ENDPOINT").asText())
                : Optional.empty();
    }

    /** Why an empty request did not arrive where telemetry goes, in a sentence; empty when it did. */
    Optional<String> sendTelemetry() throws InterruptedException {
        String headers = settings.path("env").path("OTEL_EXPORTER_OTLP_HEADERS").asText();
        return send(
                telemetry().orElseThrow() + "/v1/logs",
                headers.substring(headers.indexOf('=') + 1).replace("%20", " "),
                "{}");
    }

    private Optional<JsonNode> handler() {
        for (JsonNode groups : settings.path("hooks")) {
            for (JsonNode group : groups) {
                for (JsonNode handler : group.path("hooks")) {
                    if (ClaudeCodeConnection.isOurs(handler) && handler.has("url")) {
                        return Optional.of(handler);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> send(String url, String authorization, String body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("Authorization", authorization)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case OK, ACCEPTED -> Optional.empty();
                case GONE ->
                    Optional.of(url + " took it, but the agent of the test event is deleted; restore it to check.");
                case UNAUTHORIZED -> Optional.of(url + " does not know the key that stands in the settings.");
                default -> Optional.of(url + " answered with status " + answer.statusCode() + ".");
            };
        } catch (IOException e) {
            return Optional.of(url + " cannot be reached; is the collector running?");
        } catch (IllegalArgumentException e) {
            return Optional.of(url + " is no address that can be sent to.");
        }
    }
}
