/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Samples;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.schemas.commands.AgentCommandKey;
import dev.muster.schemas.commands.CommandFormat;
import java.net.http.HttpResponse;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wanted of agents and sessions, from the request to the record. */
class CommandRoutesTest {

    private static final String AGENT = "/v1/me/agents/" + Samples.AGENT;
    private static final String PAUSE = AGENT + "/pause";
    private static final String ACKNOWLEDGE = "/v1/me/sessions/s-1/acknowledge";
    private static final String[] JSON = {"Content-Type", "application/json"};

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aPauseIsWrittenAndHoldsAtOnce() throws Exception {
        HttpResponse<String> response = api.sendBody("POST", PAUSE, "{\"reason\":\"too fast\"}", JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Api.json(response).path("paused").toString())
                .isEqualTo("{\"by\":\"local\",\"at\":\"2026-09-23T10:15:30.120Z\",\"reason\":\"too fast\"}");
        AgentCommand command = onlyCommand();
        assertThat(command.getKind()).isEqualTo(AgentCommandKind.PAUSE);
        assertThat(command.getAccount()).isEqualTo("local");
        assertThat(command.getAgentId()).isEqualTo(Samples.AGENT);
        assertThat(command.getAgentName()).isEqualTo("claude-code:demo-app");
        assertThat(command.getBy()).isEqualTo("local");
        assertThat(command.getReason()).isEqualTo("too fast");
        assertThat(command.getAt()).isEqualTo(Samples.START.toEpochMilli());
        assertThat(api.controls().of("local", Samples.AGENT).isPaused()).isTrue();

        assertThat(Api.json(api.send("DELETE", PAUSE)).path("paused").isNull()).isTrue();
        assertThat(api.controls().of("local", Samples.AGENT).isPaused()).isFalse();
    }

    @Test
    void whatHoldsAlreadyIsNotCommandedAgain() throws Exception {
        api.send("DELETE", PAUSE);
        api.send("POST", AGENT + "/restore");
        assertThat(api.kafka().history()).isEmpty();

        api.sendBody("POST", PAUSE, "{\"reason\":\"first\"}", JSON);
        HttpResponse<String> again = api.sendBody("POST", PAUSE, "{\"reason\":\"second\"}", JSON);

        assertThat(Api.json(again).path("paused").path("reason").textValue()).isEqualTo("first");
        assertThat(onlyCommand().getReason()).isEqualTo("first");
    }

    @Test
    void aCommandGoesToThePartitionOfItsAgent() throws Exception {
        api.send("POST", PAUSE);
        api.sendBody("PATCH", AGENT, "{\"displayName\":\"Bot\"}", JSON);

        byte[] agent = ("local//" + Samples.AGENT).getBytes(UTF_8);
        int partition = RecordKey.partition(agent, Api.PARTITIONS);
        assertThat(api.kafka().history()).extracting(ProducerRecord::partition).containsExactly(partition, partition);
        assertThat(api.kafka().history())
                .extracting(ProducerRecord::key)
                .containsExactly(
                        AgentCommandKey.of("local", Samples.AGENT, AgentCommandKind.PAUSE)
                                .toBytes(),
                        AgentCommandKey.of("local", Samples.AGENT, AgentCommandKind.RENAME)
                                .toBytes());
    }

    @Test
    void anAgentIsRenamedAndCalledByItsLabelAgain() throws Exception {
        assertThat(Api.json(api.sendBody("PATCH", AGENT, "{\"displayName\":\" Früh 🦊 \"}", JSON))
                        .path("displayName")
                        .textValue())
                .isEqualTo("Früh 🦊");
        JsonNode back = Api.json(api.sendBody("PATCH", AGENT, "{\"displayName\":null}", JSON));
        assertThat(back.path("displayName").textValue()).isEqualTo("claude-code:demo-app");
        assertThat(back.path("label").textValue()).isEqualTo("claude-code:demo-app");
    }

    @Test
    void anAgentIsDeletedAndRestored() throws Exception {
        assertThat(Api.json(api.send("DELETE", AGENT)).path("deletedAt").textValue())
                .isEqualTo("2026-09-23T10:15:30.120Z");
        assertThat(api.controls().of("local", Samples.AGENT).isDeleted()).isTrue();
        assertThat(Api.json(api.send("POST", AGENT + "/restore"))
                        .path("deletedAt")
                        .isNull())
                .isTrue();
    }

    @Test
    void aProfileTellsOfTheLastDays() throws Exception {
        JsonNode profile = Api.json(api.get(AGENT));

        assertThat(profile.at("/calendar/0").toString())
                .isEqualTo("{\"day\":\"2026-09-23\",\"sessions\":2,\"events\":51,\"toolCalls\":16,\"errors\":3,"
                        + "\"tokens\":{\"input\":1,\"output\":2,\"cacheRead\":3,\"cacheWrite5m\":4,\"cacheWrite1h\":5,"
                        + "\"total\":15},\"costUsd\":0.25,\"unpricedTokens\":0}");
        assertThat(profile.at("/figures/events").intValue()).isEqualTo(51);
        assertThat(Api.ids(profile.path("recentSessions"))).containsExactly("s-1");
        assertThat(profile.at("/recentErrors/0/sessionId").textValue()).isEqualTo("s-1");
    }

    @Test
    void agentsAreListedDeletedOnesWhenAskedFor() throws Exception {
        JsonNode agents = Api.json(api.get("/v1/me/agents"));
        assertThat(Api.ids(agents.path("agents"))).containsExactly(Samples.AGENT);
        assertThat(api.accounts().asked()).containsExactly(false, 50);
        api.get("/v1/me/agents?deleted=true&limit=3");
        assertThat(api.accounts().asked()).containsExactly(true, 3);
    }

    @Test
    void anAcknowledgementTellsWhenItWasAppended() throws Exception {
        HttpResponse<String> response = api.sendBody("POST", ACKNOWLEDGE, "{\"reason\":\"known\"}", JSON);

        assertThat(response.statusCode()).isEqualTo(200);
        ProducerRecord<byte[], byte[]> written = api.kafka().history().get(0);
        SessionCommand command = CommandFormat.readSessionCommand(written.value());
        assertThat(written.topic()).isEqualTo("muster.session-commands");
        assertThat(written.key()).asString().isEqualTo("local/s-1");
        assertThat(written.partition()).isNull();
        assertThat(command.getKind()).isEqualTo(SessionCommandKind.ACKNOWLEDGE);
        assertThat(command.getReason()).isEqualTo("known");
        assertThat(command.getAgentId()).isEqualTo(Samples.AGENT);
        assertThat(command.getAgentName()).isEqualTo("claude-code:demo-app");
        JsonNode answer = Api.json(response);
        assertThat(answer.path("sessionId").textValue()).isEqualTo("s-1");
        assertThat(answer.path("by").textValue()).isEqualTo("local");
        assertThat(answer.path("reason").textValue()).isEqualTo("known");
        assertThat(answer.path("acknowledgedAt").isTextual()).isTrue();

        assertThat(api.send("DELETE", ACKNOWLEDGE).statusCode()).isEqualTo(204);
        assertThat(CommandFormat.readSessionCommand(api.kafka().history().get(1).value())
                        .getKind())
                .isEqualTo(SessionCommandKind.UNACKNOWLEDGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | agents/none/pause        | There is no agent «none».",
                "DELETE | agents/none              | There is no agent «none».",
                "GET    | agents/none              | There is no agent «none».",
                "POST   | sessions/none/acknowledge | There is no session «none».",
                "DELETE | sessions/none/acknowledge | There is no session «none»."
            })
    void whatIsNotThereTakesNoCommand(String method, String path, String message) throws Exception {
        Api.assertProblem(api.send(method, "/v1/me/" + path), 404, "not_found", message);
        assertThat(api.kafka().history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'x'}        | The body may have the field displayName, and no other.",
                "{}                  | displayName is missing: a name, or null for the agent's label.",
                "{'displayName':''}  | displayName must be a text of 1 to 120 characters, without control characters.",
                "[]                  | The body must be one JSON object."
            })
    void aWrongNameIsToldInASentence(String body, String message) throws Exception {
        Api.assertProblem(api.sendBody("PATCH", AGENT, body.replace('\'', '"'), JSON), 400, "invalid_request", message);
        assertThat(api.kafka().history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, /pause", "DELETE, /pause", "DELETE, ''", "POST, /restore", "PATCH, ''"})
    void aScriptOfAForeignPageIsRefused(String method, String path) throws Exception {
        Api.assertProblem(
                api.send(method, AGENT + path, "Origin", "http://evil.example"),
                403,
                "forbidden",
                "Pages of another origin may not change anything here.");
        assertThat(api.send("POST", ACKNOWLEDGE, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.send("POST", "/v1/me/test-event", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.kafka().history()).isEmpty();
    }

    @Test
    void whatKafkaDoesNotTakeIsUnavailableAndDoesNotHold() throws Exception {
        api.kafka().sendException = new TimeoutException("away");

        Api.assertProblem(api.send("POST", PAUSE), 503, "unavailable", "Kafka did not take the command; try again.");
        Api.assertProblem(
                api.send("POST", ACKNOWLEDGE), 503, "unavailable", "Kafka did not take the command; try again.");
        assertThat(api.controls().of("local", Samples.AGENT).isPaused()).isFalse();
    }

    private AgentCommand onlyCommand() throws Exception {
        assertThat(api.kafka().history()).hasSize(1);
        ProducerRecord<byte[], byte[]> written = api.kafka().history().get(0);
        assertThat(written.topic()).isEqualTo("muster.agent-commands");
        return CommandFormat.readAgentCommand(written.value());
    }
}
