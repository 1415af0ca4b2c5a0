/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Samples;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.HookEvent;
import java.net.http.HttpResponse;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountRoutesTest {

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anAccountTellsWhoItIsAndHowItsDaysGo() throws Exception {
        assertThat(api.get("/v1/me").body())
                .isEqualTo("{\"id\":\"local\",\"account\":\"local\",\"handle\":null,\"email\":null,"
                        + "\"timeZone\":\"Europe/Berlin\",\"retention\":\"PT720H\"}");
    }

    @Test
    void aTestEventIsWrittenAsACollectorWould() throws Exception {
        HttpResponse<String> response = api.send("POST", "/v1/me/test-event");

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = Api.json(response);
        assertThat(answer.path("accepted").booleanValue()).isTrue();
        assertThat(answer.path("eventId")).isEqualTo(answer.path("id"));
        ProducerRecord<byte[], byte[]> written = api.kafka().history().get(0);
        HookEvent event = new SingleObjectFormat().read(written.value(), null);
        assertThat(written.topic()).isEqualTo("muster.hook-events");
        assertThat(written.key()).asString().isEqualTo("local/" + event.getSessionId());
        assertThat(written.partition()).isNull();
        assertThat(event.getAgentLabel()).isEqualTo("muster:test");
        assertThat(event.getAgentId())
                .isEqualTo(AgentId.of("local", "muster:test"))
                .isEqualTo(answer.path("agentId").textValue());
        assertThat(event.getSessionId()).isEqualTo(answer.path("sessionId").textValue());
        assertThat(event.getTimestamp()).isEqualTo(Samples.START.toEpochMilli());
    }

    @Test
    void eachTestEventHasASessionOfItsOwn() throws Exception {
        assertThat(Api.json(api.send("POST", "/v1/me/test-event")).path("sessionId"))
                .isNotEqualTo(Api.json(api.send("POST", "/v1/me/test-event")).path("sessionId"));
    }

    @Test
    void aDeletedTestAgentSendsNothing() throws Exception {
        api.controls()
                .add(AgentCommand.newBuilder()
                        .setAccount("local")
                        .setAgentId(AgentId.of("local", "muster:test"))
                        .setKind(AgentCommandKind.DELETE)
                        .setBy("local")
                        .setAt(1)
                        .build());

        Api.assertProblem(
                api.send("POST", "/v1/me/test-event"),
                410,
                "agent_deleted",
                "The agent «muster:test» is deleted; restore it first.");
        assertThat(api.kafka().history()).isEmpty();
    }

    @Test
    void aSpendSummaryIsNamedAsInTheContract() throws Exception {
        String figures = "\"requests\":7,\"tokens\":{\"input\":1,\"output\":2,\"cacheRead\":3,\"cacheWrite5m\":4,"
                + "\"cacheWrite1h\":5,\"total\":15},\"costUsd\":0.5,\"unpricedTokens\":9}";

        assertThat(api.get("/v1/me/spend-summary").body())
                .isEqualTo("{\"from\":null,\"timeZone\":\"Europe/Berlin\",\"total\":{" + figures
                        + ",\"by_agent\":[{\"agentId\":\"" + Samples.AGENT + "\",\"agentName\":\"demo\"," + figures
                        + "],\"by_model\":[{\"model\":\"claude-opus-4-7\"," + figures
                        + "],\"by_day\":[{\"day\":\"2026-09-23\"," + figures
                        + "],\"by_repo\":[{\"repo\":\"github.com/acme/web\"," + figures
                        + "],\"by_branch\":[],\"by_host\":[],\"by_user\":[]}");
    }

    @Test
    void aDayGroupSaysHowManyMoreThereAre() throws Exception {
        JsonNode group = Api.json(api.get("/v1/me/day-groups")).at("/dayGroups/0");

        assertThat(group.path("agent").path("id").textValue()).isEqualTo(Samples.AGENT);
        assertThat(group.path("day").textValue()).isEqualTo("2026-09-23");
        assertThat(group.path("status").textValue()).isEqualTo("errored");
        assertThat(group.path("sessions").intValue()).isEqualTo(2);
        assertThat(group.path("more").intValue()).isEqualTo(1);
        assertThat(group.path("erroredSessions").intValue()).isEqualTo(1);
        assertThat(group.path("latestSession").toString()).isEqualTo("{\"id\":\"s-2\",\"title\":\"Fix the login\"}");
        assertThat(group.path("durationMs").longValue()).isEqualTo(70_000);
        assertThat(group.path("events").intValue()).isEqualTo(51);
        assertThat(group.has("orphans")).isFalse();
    }

    @Test
    void aDayGroupIsOpenedIntoItsSessions() throws Exception {
        String path = "/v1/me/day-groups/" + Samples.AGENT + "/2026-09-23";
        JsonNode group = Api.json(api.get(path + "?limit=1"));

        assertThat(group.path("sessionCount").intValue()).isEqualTo(2);
        assertThat(Api.ids(group.path("sessions"))).containsExactly("s-1");
        JsonNode next = Api.json(
                api.get(path + "?limit=1&cursor=" + group.path("nextCursor").textValue()));
        assertThat(Api.ids(next.path("sessions"))).containsExactly("s-2");
        assertThat(next.path("nextCursor").isNull()).isTrue();
        Api.assertProblem(
                api.get("/v1/me/day-groups/bot/2026-09-24"),
                404,
                "not_found",
                "The agent «bot» began no session on 2026-09-24.");
    }

    @Test
    void aTraceIsFoundWithoutItsSession() throws Exception {
        JsonNode listed = Api.json(api.get("/v1/me/traces")).at("/traces/0");
        assertThat(listed.path("id").textValue()).isEqualTo("t/1");
        assertThat(listed.path("sessionId").textValue()).isEqualTo("s-1");
        assertThat(listed.at("/agent/name").textValue()).isEqualTo("claude-code:demo-app");
        assertThat(listed.path("events").intValue()).isEqualTo(51);

        JsonNode alone = Api.json(api.get("/v1/me/traces/" + Api.encoded("t/1") + "?limit=2"));
        assertThat(alone.path("sessionId").textValue()).isEqualTo("s-1");
        assertThat(alone.path("eventCount").intValue()).isEqualTo(51);
        assertThat(alone.path("events")).hasSize(2);
        assertThat(alone.path("nextCursor").isNull()).isFalse();
        Api.assertProblem(api.get("/v1/me/traces/none"), 404, "not_found", "There is no trace «none».");
    }
}
