/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.Topics;
import dev.muster.schemas.keys.IssuedKey;
import dev.muster.schemas.keys.KeyFormat;
import dev.muster.schemas.keys.KeySecret;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRoutesTest {

    private static final String KEYS = "/v1/me/keys";
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aKeyIsToldWholeOnce() throws Exception {
        api.directory().complete();
        HttpResponse<String> response = create("{\"label\":\" ci \",\"agent\":\"bot\",\"privacy\":\"minimal\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode created = Api.json(response);
        String secret = created.path("secret").textValue();
        assertThat(secret).matches("vk_[A-Za-z0-9_-]{43}");
        assertThat(created.path("id").textValue()).matches("key_[0-9a-f]{16}");
        assertThat(created.path("keyPrefix").textValue()).isEqualTo(secret.substring(0, 11));
        assertThat(created.path("label").textValue()).isEqualTo("ci");
        assertThat(created.path("agent").textValue()).isEqualTo("bot");
        assertThat(created.path("agentId").textValue()).isEqualTo(AgentId.of("local", "bot"));
        assertThat(created.path("privacy").textValue()).isEqualTo("minimal");

        String listed = api.get(KEYS).body();
        assertThat(listed)
                .isEqualTo("{\"keys\":[{\"id\":\"" + created.path("id").textValue() + "\",\"keyPrefix\":\""
                        + secret.substring(0, 11) + "\",\"label\":\"ci\",\"agentId\":\""
                        + AgentId.of("local", "bot") + "\",\"agent\":\"bot\",\"privacy\":\"minimal\","
                        + "\"createdAt\":\"2026-09-23T10:15:30.120Z\",\"lastUsedAt\":null,\"revokedAt\":null}]}");
    }

    @Test
    void onlyItsHashAndItsPrefixGoToKafka() throws Exception {
        String secret = Api.json(create("{\"label\":\"ci\"}")).path("secret").textValue();

        assertThat(api.kafka().history()).hasSize(1);
        ProducerRecord<byte[], byte[]> written = api.kafka().history().get(0);
        assertThat(written.topic()).isEqualTo(Topics.API_KEYS);
        assertThat(new String(written.key(), UTF_8)).matches("local/key_[0-9a-f]{16}");
        assertThat(new String(written.value(), UTF_8))
                .contains(KeySecret.hash(secret), secret.substring(0, 11))
                .doesNotContain(secret.substring(0, 12));
    }

    @Test
    void aRevokedKeyStaysListedAndCanBeRevokedAgain() throws Exception {
        api.directory().complete();
        String id = Api.json(create("{\"label\":\"ci\"}")).path("id").textValue();

        HttpResponse<String> response = api.send("DELETE", KEYS + "/" + id);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(Api.json(api.get(KEYS)).at("/keys/0/revokedAt").textValue()).isEqualTo("2026-09-23T10:15:30.120Z");
        assertThat(api.send("DELETE", KEYS + "/" + id).statusCode()).isEqualTo(204);
        assertThat(api.kafka().history()).hasSize(2);
    }

    @Test
    void anotherAccountsKeysAreNotThere() throws Exception {
        api.directory().add(key("other", "key_1"));
        api.directory().complete();

        assertThat(Api.json(api.get(KEYS)).path("keys")).isEmpty();
        Api.assertProblem(api.send("DELETE", KEYS + "/key_1"), 404, "not_found", "There is no key «key_1».");
    }

    @Test
    void aLastUseIsListed() throws Exception {
        api.directory().add(key("local", "key_1"));
        api.directory().put("local/key_1/used", KeyFormat.writeUse(Instant.parse("2026-11-22T10:00:01.5Z")));
        api.directory().complete();

        assertThat(Api.json(api.get(KEYS)).at("/keys/0/lastUsedAt").textValue()).isEqualTo("2026-11-22T10:00:01.500Z");
    }

    @Test
    void untilTheKeysAreReadNoneIsSaidToBeMissing() throws Exception {
        String sentence = "The API keys have not been read from Kafka yet.";
        Api.assertProblem(api.get(KEYS), 503, "unavailable", sentence);
        Api.assertProblem(api.send("DELETE", KEYS + "/key_1"), 503, "unavailable", sentence);
    }

    @Test
    void aKeyThatKafkaDoesNotTakeIsNotTold() throws Exception {
        api.kafka().sendException = new TimeoutException("away");

        HttpResponse<String> response = create("{\"label\":\"ci\"}");

        Api.assertProblem(response, 503, "unavailable", "Kafka did not take the change of the key; try again.");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(api.directory().of("local")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{               | The body is not valid JSON.",
                "{} {}           | The body is not valid JSON.",
                "[]              | The body must be one JSON object.",
                "``              | The body must be one JSON object.",
                "{}              | label is missing: what is the key called?",
                "{'label':null}  | label is missing: what is the key called?",
                "{'label':' '}   | label must be a text of 1 to 120 characters, without control characters.",
                "{'label':7}     | label must be a text of 1 to 120 characters, without control characters.",
                "{'label':'a\\u0000'} | label must be a text of 1 to 120 characters, without control characters.",
                "{'label':'a\\ud800'} | label must be a text of 1 to 120 characters, without control characters.",
                "{'label':'LONG'} | label must be a text of 1 to 120 characters, without control characters.",
                "{'label':'a','agent':''} | agent must be a text of 1 to 120 characters, without control characters.",
                "{'label':'a','privacy':'FULL'} | privacy must be minimal, standard or full.",
                "{'label':'a','scope':'all'} | The body may have the fields label, agent and privacy, and no other."
            })
    void aWrongWishIsToldInASentence(String body, String message) throws Exception {
        Api.assertProblem(
                create(body.replace('\'', '"').replace("LONG", "x".repeat(121))), 400, "invalid_request", message);
        assertThat(api.kafka().history()).isEmpty();
    }

    @Test
    void aDeepBodyIsNoJson() throws Exception {
        assertThat(create("[".repeat(10_000)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
    void aFormOfAForeignPageIsRefused(String contentType) throws Exception {
        Api.assertProblem(
                api.sendBody("POST", KEYS, "{\"label\":\"ci\"}", "Content-Type", contentType),
                415,
                "invalid_request",
                "The body must be sent with Content-Type application/json.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "https://127.0.0.1:PORT"})
    void aScriptOfAForeignPageIsRefused(String origin) throws Exception {
        api.directory().add(key("local", "key_1"));
        api.directory().complete();
        String named = origin.replace("PORT", String.valueOf(api.port()));
        String sentence = "Pages of another origin may not change anything here.";
        Api.assertProblem(
                api.sendBody("POST", KEYS, "{\"label\":\"ci\"}", "Origin", named, JSON[0], JSON[1]),
                403,
                "forbidden",
                sentence);
        Api.assertProblem(api.send("DELETE", KEYS + "/key_1", "Origin", named), 403, "forbidden", sentence);
        assertThat(api.kafka().history()).isEmpty();
    }

    @Test
    void aPageOfItsOwnMay() throws Exception {
        String own = "http://127.0.0.1:" + api.port();
        assertThat(api.sendBody("POST", KEYS, "{\"label\":\"ci\"}", "Origin", own, JSON[0], JSON[1])
                        .statusCode())
                .isEqualTo(201);
    }

    private HttpResponse<String> create(String body) throws Exception {
        return api.sendBody("POST", KEYS, body, JSON);
    }

    private static IssuedKey key(String account, String id) {
        return new IssuedKey(
                account,
                id,
                KeySecret.hash("vk_x"),
                "vk_x",
                "label",
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }
}
