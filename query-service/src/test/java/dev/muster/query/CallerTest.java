/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.query.json.Samples;
import dev.muster.schemas.commands.CommandFormat;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One service answers each request for the caller of that request. */
class CallerTest {

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/me/sessions/s-1",
                "/v1/me/sessions/s-1/traces",
                "/v1/me/sessions/s-1/events",
                "/v1/me/agents/" + Samples.AGENT
            })
    void what_another_account_has_is_not_found(String path) throws Exception {
        assertThat(api.get(path).statusCode()).isEqualTo(200);
        assertThat(api.send("GET", path, Api.ACCOUNT, "other").statusCode()).isEqualTo(404);
        assertThat(api.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void a_list_has_what_its_callers_account_has() throws Exception {
        assertThat(api.send("GET", "/v1/me/sessions", Api.ACCOUNT, "other").body())
                .isEqualTo("{\"sessions\":[],\"nextCursor\":null}");
        assertThat(Api.json(api.send("GET", "/v1/me", Api.ACCOUNT, "other"))
                        .path("account")
                        .textValue())
                .isEqualTo("other");
    }

    @Test
    void a_command_is_signed_by_the_caller_of_its_request() throws Exception {
        String pause = "/v1/me/agents/" + Samples.AGENT + "/pause";
        api.send("POST", pause, Api.USER, "ada");
        api.send("DELETE", pause, Api.USER, "grace");

        List<String> by = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : api.kafka().history()) {
            by.add(CommandFormat.readAgentCommand(record.value()).getBy());
        }
        assertThat(by).containsExactly("ada", "grace");
    }

    @Test
    void a_key_belongs_to_the_account_of_its_caller() throws Exception {
        api.directory().complete();
        String[] acme = {Api.ACCOUNT, "acme", "Content-Type", "application/json"};
        String id = Api.json(api.sendBody("POST", "/v1/me/keys", "{\"label\":\"ci\"}", acme))
                .path("id")
                .textValue();

        assertThat(Api.json(api.get("/v1/me/keys")).path("keys")).isEmpty();
        assertThat(api.send("DELETE", "/v1/me/keys/" + id).statusCode()).isEqualTo(404);
        assertThat(api.send("DELETE", "/v1/me/keys/" + id, Api.ACCOUNT, "acme").statusCode())
                .isEqualTo(204);
    }
}
