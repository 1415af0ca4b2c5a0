/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.schemas.MalformedRecordException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks Confluent's REST API. Each question is bounded in time and goes to the addresses in
 * turn, until one answers. Safe for threads.
 */
public final class SchemaRegistry {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    /** The registry's own code for a schema that it does not know; another 404 is not its word. */
    private static final int SCHEMA_NOT_FOUND = 40_403;

    /** The most characters of a registry's words that are told on. */
    private static final int MAX_WORDS = 500;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryConfig config;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    private record Answer(URI url, int status, JsonNode body) {

        /** The status, and the registry's words on one line, without the Java class that some put before them. */
        String reason() {
            String message =
                    body.path("message").asText().replaceAll("\\s+", " ").strip();
            String words = message.replaceFirst("^[\\w.$]+Exception: ", "");
            String bounded = words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
            return "HTTP " + status + (bounded.isEmpty() ? "" : " (" + bounded + ")");
        }
    }

    /** A registry, which is not asked yet. */
    public SchemaRegistry(RegistryConfig config) {
        this.config = config;
    }

    /**
     * Makes sure that a subject has a schema.
     *
     * @return the schema's id, the same each time
     * @throws SchemaRefusedException if the registry will not have it: incompatible with the subject's, say
     * @throws RegistryUnavailableException if no address answered
     */
    public int register(String subject, Schema schema) throws SchemaRefusedException, RegistryUnavailableException {
        String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
        Answer answer = ask("/subjects/" + subject + "/versions", Optional.of(body));
        JsonNode id = answer.body().path("id");
        if (answer.status() == OK && id.canConvertToInt()) {
            return id.intValue();
        }
        throw new SchemaRefusedException(
                switch (answer.status()) {
                    case UNAUTHORIZED, FORBIDDEN -> unauthorized(answer);
                    case OK -> "The schema registry at " + answer.url() + " answers without an id.";
                    default ->
                        "The schema registry at " + answer.url() + " refuses Muster's schema " + schema.getFullName()
                                + " under the subject " + subject + " with " + answer.reason()
                                + "; give the subject a schema that goes together with it, or another registry.";
                });
    }

    /**
     * The schema of an id.
     *
     * @throws MalformedRecordException if the registry knows none, or one that is not Avro
     * @throws RegistryUnavailableException if no address answered, or none with what a registry says
     */
    public Schema find(int id) throws MalformedRecordException, RegistryUnavailableException {
        Answer answer = ask("/schemas/ids/" + id, Optional.empty());
        if (answer.body().path("error_code").intValue() == SCHEMA_NOT_FOUND) {
            throw new MalformedRecordException("the schema registry knows no schema by the id " + id);
        }
        if (answer.status() != OK || !answer.body().path("schema").isTextual()) {
            throw new RegistryUnavailableException(
                    answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN
                            ? unauthorized(answer)
                            : "The schema registry at " + answer.url() + " answers " + answer.reason()
                                    + " when asked for the schema " + id + ".");
        }
        if (!answer.body().path("schemaType").asText("AVRO").equals("AVRO")) {
            throw new MalformedRecordException("the schema registry's schema " + id + " is not Avro");
        }
        try {
            return new Schema.Parser().parse(answer.body().path("schema").textValue());
        } catch (AvroRuntimeException e) {
            throw new MalformedRecordException("the schema registry's schema " + id + " cannot be parsed", e);
        }
    }

    private static String unauthorized(Answer answer) {
        return "The schema registry at " + answer.url() + " answers " + answer.reason() + "; " + RegistryConfig.AUTH
                + " has its user and password.";
    }

    private Answer ask(String path, Optional<String> body) throws RegistryUnavailableException {
        List<String> failures = new ArrayList<>();
        for (URI url : config.urls()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(ANSWER_WITHIN)
                    .header("Accept", MEDIA_TYPE)
                    .header("Content-Type", MEDIA_TYPE);
            config.authorization().ifPresent(value -> request.header("Authorization", value));
            body.ifPresent(text -> request.POST(BodyPublishers.ofString(text)));
            try {
                HttpResponse<String> response = send(request.build());
                if (!isPassing(response.statusCode())) {
                    return new Answer(url, response.statusCode(), parsed(response.body()));
                }
                failures.add(url + " answers HTTP " + response.statusCode());
            } catch (TimeoutException e) {
                failures.add(url + " does not answer within " + ANSWER_WITHIN.toSeconds() + " s");
            } catch (ExecutionException e) {
                failures.add(url + " cannot be reached");
            }
        }
        throw new RegistryUnavailableException(
                "The schema registry is not available: " + String.join(", ", failures) + ".");
    }

    /** The whole exchange is bounded: the request's own timeout ends with the answer's headers. */
    private HttpResponse<String> send(HttpRequest request)
            throws TimeoutException, ExecutionException, RegistryUnavailableException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while the schema registry was asked.", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Whether a status tells of a fault that may be over the next time. */
    private static boolean isPassing(int status) {
        return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    /** What is not JSON is no word of a registry, and told by its status alone. */
    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
