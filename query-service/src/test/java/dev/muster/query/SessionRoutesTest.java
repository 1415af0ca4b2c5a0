/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Json;
import dev.muster.query.json.Samples;
import dev.muster.query.json.SessionJson;
import dev.muster.query.json.TraceJson;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRoutesTest {

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void sessionsComeInPages() throws Exception {
        JsonNode first = Api.json(api.get("/v1/me/sessions?limit=2"));
        JsonNode second = Api.json(api.get(
                "/v1/me/sessions?limit=2&cursor=" + first.get("nextCursor").textValue()));
        JsonNode last = Api.json(api.get("/v1/me/sessions?cursor=600"));

        assertThat(Api.ids(first.get("sessions"))).containsExactly(Api.STRANGE_ID, "..");
        assertThat(Api.ids(second.get("sessions"))).containsExactly("x;y=1?z#w\\+&", "日本 🦊");
        assertThat(Api.ids(last.get("sessions"))).containsExactly("s-596", "s-597", "s-598", "s-599");
        assertThat(last.get("nextCursor").isNull()).isTrue();
        assertThat(first.fieldNames()).toIterable().containsExactly("sessions", "nextCursor");
    }

    @ParameterizedTest
    @CsvSource({"'', 50", "?limit=1, 1", "?limit=500, 500", "?limit=3&cursor=, 3"})
    void aPageHasAsManyAsAreAskedFor(String query, int expected) throws Exception {
        assertThat(Api.json(api.get("/v1/me/sessions" + query)).get("sessions")).hasSize(expected);
    }

    @Test
    void aSessionIsAnsweredAsItIsInTheList() throws Exception {
        HttpResponse<String> response = api.get("/v1/me/sessions/s-7");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo(new String(Json.write(SessionJson.of(Samples.session("s-7"))), UTF_8));
        assertThat(api.get("/v1/me/sessions?limit=1&cursor=11").body()).contains(response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.STRANGE_ID, "..", "x;y=1?z#w\\+&", "日本 🦊"})
    void anIdMayHoldAnyCharacter(String id) throws Exception {
        String path = "/v1/me/sessions/" + Api.encoded(id);

        assertThat(Api.json(api.get(path)).get("id").textValue()).isEqualTo(id);
        assertThat(Api.json(api.get(path + "/traces")).get("traces")).hasSize(2);
        assertThat(Api.json(api.get(path + "/traces/t%2F2")).get("id").textValue())
                .isEqualTo("t/2");
        assertThat(Api.json(api.get(path + "/events")).get("events")).hasSize(6);
    }

    @Test
    void tracesComeInPages() throws Exception {
        JsonNode first = Api.json(api.get("/v1/me/sessions/s-1/traces?limit=1"));
        JsonNode second = Api.json(api.get("/v1/me/sessions/s-1/traces?limit=1&cursor=1"));

        assertThat(Api.ids(first.get("traces"))).containsExactly("t/1");
        assertThat(first.get("nextCursor").textValue()).endsWith(".1");
        assertThat(Api.ids(second.get("traces"))).containsExactly("t/2");
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aTraceHasItsFiguresAndAPageOfItsEvents() throws Exception {
        HttpResponse<String> response = api.get("/v1/me/sessions/s-1/traces/t%2F2?limit=2&cursor=1");
        String figures = new String(Json.write(TraceJson.of(Samples.trace("t/2"))), UTF_8)
                .replace("\"events\":51", "\"eventCount\":51");
        JsonNode events = Api.json(response).get("events");

        assertThat(response.body()).startsWith(figures.substring(0, figures.length() - 1) + ",\"events\":[{");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).get("traceId").textValue()).isEqualTo("t/2");
        assertThat(Api.json(response).get("nextCursor").isNull()).isTrue();
        assertThat(Api.json(api.get("/v1/me/sessions/s-1/traces/t%2F2?limit=2"))
                        .get("nextCursor")
                        .textValue())
                .endsWith(".2");
    }

    @Test
    void eventsComeInPages() throws Exception {
        JsonNode page = Api.json(api.get("/v1/me/sessions/s-1/events?limit=4&cursor=1"));

        assertThat(page.get("events")).hasSize(4);
        assertThat(page.get("events").get(3).get("traceId").textValue()).isEqualTo("t/2");
        assertThat(page.get("nextCursor").textValue()).endsWith(".5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/v1/me/sessions", "/v1/me/sessions/s-1"})
    void theHeadOfWhatCanBeReadIsAnswered(String path) throws Exception {
        HttpResponse<String> response = api.send("HEAD", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anAuthorizationHeaderIsIgnored() throws Exception {
        assertThat(api.send("GET", "/v1/me/sessions/s-1", "Authorization", "Bearer nonsense")
                        .statusCode())
                .isEqualTo(200);
    }
}
