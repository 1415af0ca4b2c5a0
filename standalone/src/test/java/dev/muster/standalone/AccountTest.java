/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account as a client sees it: what it wants goes through Kafka and comes back in what it reads. */
class AccountTest {

    private final Http http = new Http();
    private Standalone muster;

    AccountTest(@TempDir Path data) {
        muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {});
    }

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
    }

    @AfterEach
    void stop() {
        muster.close();
    }

    @Test
    void whatIsWantedOfAgentsAndSessionsIsDoneAndNoted() throws Exception {
        send("failed");
        eventually(
                "sessions?agentId=my-bot&status=errored",
                body -> body.path("sessions").size() == 1);

        assertThat(post("sessions/run-1/acknowledge", "known").status()).isEqualTo(200);
        JsonNode covered =
                eventually("sessions/run-1", body -> body.path("acknowledgedAt").isTextual());
        assertThat(covered.path("status").textValue()).isEqualTo("active");
        assertThat(covered.path("errors").intValue()).isEqualTo(1);
        send("failed");
        eventually("sessions/run-1", body -> body.path("status").textValue().equals("errored"));

        assertThat(post("agents/my-bot/pause", "over budget").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> send("success").path("paused").asBoolean());
        eventually("day-groups?status=paused", body -> body.path("dayGroups").size() == 1);

        JsonNode log = eventually("events?q=BUDGET", body -> body.path("events").size() == 1);
        assertThat(log.at("/events/0/command").textValue()).isEqualTo("pause");
        JsonNode all = eventually("events?limit=1000", body -> commands(body).size() == 2);
        assertThat(commands(all)).containsExactly("pause", "acknowledge");
        JsonNode profile =
                eventually("agents/my-bot", body -> body.path("recentErrors").size() == 2);
        assertThat(profile.path("recentSessions")).hasSize(1);
        assertThat(profile.at("/calendar/0/errors").intValue()).isEqualTo(2);
    }

    @Test
    void aTestEventIsSeen() throws Exception {
        Http.Answer sent = post("test-event", "");
        assertThat(sent.status()).isEqualTo(202);

        JsonNode session =
                eventually("sessions/" + sent.body().path("sessionId").textValue(), body -> body.has("id"));
        assertThat(session.at("/agent/name").textValue()).isEqualTo("muster:test");
        eventually("spend-summary", body -> body.path("total").has("costUsd"));
        eventually("traces", body -> body.path("traces").isArray());
        eventually("agents", body -> body.path("agents").size() == 1);
    }

    private static List<String> commands(JsonNode log) {
        return log.path("events").findValuesAsText("command");
    }

    private JsonNode send(String outcome) throws Exception {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("agentId", "my-bot")
                .put("type", "tool")
                .put("toolExecuted", "search")
                .put("outcome", outcome);
        event.putObject("metadata").put("sessionId", "run-1");
        Http.Answer answer = http.post(muster.collector().resolve("/v1/events"), event);
        assertThat(answer.status()).isEqualTo(202);
        return answer.body();
    }

    private Http.Answer post(String path, String reason) throws Exception {
        return http.post(
                muster.api().resolve("/v1/me/" + path),
                JsonNodeFactory.instance.objectNode().put("reason", reason));
    }

    private JsonNode eventually(String path, Predicate<JsonNode> expected) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get(muster.api().resolve("/v1/me/" + path)).body(), expected);
    }
}
