/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.AgentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where sessions work, what they wait for and whose they are, from what is sent to what the API answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurroundingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http = new Http();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final Standalone muster;

    SurroundingsTest(@TempDir Path data) {
        muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0", "MUSTER_KEEP_USERS", "true"),
                data,
                () -> Instant.now().plus(later.get()),
                unpacked -> {});
        await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
    }

    @AfterAll
    void stop() {
        muster.close();
    }

    @Test
    void sessionsAreFoundAndTheirSpendIsToldByWhereTheyWork() throws Exception {
        event(
                "web-1",
                "'host':'ci-7','user':'jane','git':{'branch':'main','remote':'git@github.com:acme/web.git'}",
                1000);
        event("web-2", "'host':'ci-8','git':{'branch':'fix','remote':'https://t:x@github.com/acme/web'}", 200);
        event("api-1", "'repo':'github.com/acme/api','branch':'main'", 30);

        assertThat(sessions("repo=github.com/acme/web", 2)).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(sessions("repo=github.com/acme/web&branch=main", 1)).containsExactly("web-1");
        assertThat(sessions("branch=main", 2)).containsExactlyInAnyOrder("web-1", "api-1");
        assertThat(sessions("host=ci-8", 1)).containsExactly("web-2");
        assertThat(sessions("user=jane", 1)).containsExactly("web-1");
        assertThat(get("sessions?repo=web").path("sessions")).isEmpty();
        assertThat(get("day-groups?host=ci-7").path("dayGroups")).hasSize(1);
        assertThat(get("events?branch=fix").path("events")).hasSize(1);

        JsonNode spend = get("spend-summary?window=24h");
        assertThat(inputs(spend.path("by_repo"), "repo"))
                .containsExactlyInAnyOrder("github.com/acme/web 1200", "github.com/acme/api 30");
        assertThat(inputs(spend.path("by_branch"), "branch")).containsExactlyInAnyOrder("main 1030", "fix 200");
        assertThat(inputs(get("spend-summary?repo=github.com/acme/web").path("by_branch"), "branch"))
                .containsExactlyInAnyOrder("main 1000", "fix 200");
        assertThat(inputs(spend.path("by_user"), "user")).containsExactly("jane 1000");
        assertThat(inputs(spend.path("by_host"), "host")).containsExactlyInAnyOrder("ci-7 1000", "ci-8 200");
    }

    @Test
    void aTaskInTheBackgroundKeepsASessionActiveUntilItEnds() throws Exception {
        hook("busy", "UserPromptSubmit", "'prompt':'Go','cwd':'/srv/shop/.claude/worktrees/one'");
        hook(
                "busy",
                "Stop",
                "'background_tasks':[{'id':'b1','type':'shell','status':'running','description':'npm test'}]");
        JsonNode told = session("busy", body -> body.path("events").asInt() == 2);
        assertThat(told.path("repo").asText()).isEqualTo("shop");
        assertThat(told.at("/background/tasks/0/description").asText()).isEqualTo("npm test");

        after(Duration.ofMinutes(40), () -> {
            assertThat(get("sessions/busy").path("status").asText()).isEqualTo("active");
            assertThat(sessions("status=active&agentId=claude-code:shop", 1)).containsExactly("busy");
        });
        after(Duration.ofHours(5), () -> {
            JsonNode session = get("sessions/busy");
            assertThat(session.path("status").asText()).isEqualTo("done");
            assertThat(session.path("background").isNull()).isTrue();
        });

        hook("busy", "Stop", "'background_tasks':[]");
        session("busy", body -> body.path("events").asInt() == 3);
        after(
                Duration.ofMinutes(40),
                () -> assertThat(get("sessions/busy").path("status").asText()).isEqualTo("done"));
    }

    @Test
    void whatASessionWaitsForAndSinceWhen() throws Exception {
        hook("asks", "UserPromptSubmit", "'prompt':'Go'");
        hook("asks", "PermissionRequest", "'tool_name':'Bash'");
        JsonNode waits = session("asks", body -> body.path("waiting").asBoolean());
        assertThat(waits.at("/waitingFor/kind").asText()).isEqualTo("permission");
        assertThat(waits.at("/waitingFor/detail").asText()).isEqualTo("Bash");
        assertThat(waits.at("/waitingFor/since").asText())
                .isEqualTo(waits.path("lastEventAt").asText());

        hook("asks", "PostToolUse", "'tool_name':'Bash','tool_use_id':'toolu_01A09q90qw90lq917835lq9'");
        JsonNode goesOn = session("asks", body -> !body.path("waiting").asBoolean());
        assertThat(goesOn.path("waitingFor").isNull()).isTrue();
    }

    @Test
    void howFullTheModelsWindowIs() throws Exception {
        hook("long", "PreCompact", "'trigger':'auto'");
        event("long", "'requestNumber':1", 50_000);
        JsonNode context =
                session("long", body -> body.path("events").asInt() == 2).path("context");

        assertThat(context.toString())
                .isEqualTo(
                        "{\"tokens\":50000,\"window\":200000,\"share\":0.25,\"model\":\"claude-haiku-4-5\",\"compactions\":1}");
    }

    @Test
    void theSameCallHasTheSameFingerprintsBeforePrivacyCutsIt() throws Exception {
        for (String mail : List.of("jane", "joe", "jane")) {
            hook("loop", "PreToolUse", "'tool_name':'Bash','tool_input':{'command':'mail " + mail + "@example.com'}");
        }
        session("loop", body -> body.path("events").asInt() == 3);
        List<String> prints = new ArrayList<>();
        get("sessions/loop/events").path("events").forEach(event -> {
            assertThat(event.path("toolDetail").toString()).contains("[REDACTED-EMAIL]");
            prints.add(event.path("inputFingerprint").asText());
        });

        assertThat(prints.get(0))
                .isEqualTo(prints.get(2))
                .isNotEqualTo(prints.get(1))
                .hasSize(16);
    }

    @Test
    void aBoundKeySpeaksForItsOwnAgentAlone() throws Exception {
        String owner = key("owner");
        String thief = key("thief");
        assertThat(send(owner, "bound", "'toolExecuted':'Bash','outcome':'success'", 0))
                .isEqualTo(202);
        session("bound", body -> body.path("events").asInt() == 1);

        assertThat(send(thief, "bound", "'toolExecuted':'Bash','outcome':'failed'", -3_600_000))
                .isEqualTo(202);
        JsonNode setAside = await().atMost(Duration.ofSeconds(30))
                .until(() -> get("events?agentId=thief").path("events"), events -> events.size() == 1)
                .get(0);

        assertThat(setAside.path("setAsideFrom").asText()).isEqualTo("bound");
        assertThat(setAside.path("boundAgent").asText()).isEqualTo(AgentId.of("local", "thief"));
        JsonNode session = get("sessions/bound");
        assertThat(session.at("/agent/name").asText()).isEqualTo("owner");
        assertThat(session.path("events").asInt()).isEqualTo(1);
        assertThat(session.path("errors").asInt()).isZero();
    }

    /** As the second launch of a program that kept its agent's id. */
    @Test
    void anAgentKnownByItsIdHasTheLabelThatTheIdIsKnownBy() throws Exception {
        event("first-launch", "'note':1", 1, "known bot");
        session("first-launch", body -> true);
        event("second-launch", "'note':2", 1, AgentId.of("local", "known bot"));

        assertThat(session("second-launch", body -> true).at("/agent/name").asText())
                .isEqualTo("known bot");
        assertThat(get("sessions?agentId=" + AgentId.of("local", "known bot")).path("sessions"))
                .hasSize(2)
                .allSatisfy(session ->
                        assertThat(session.at("/agent/name").asText()).isEqualTo("known bot"));

        event("unknown", "'note':3", 1, AgentId.of("local", "never told"));
        assertThat(session("unknown", body -> true).at("/agent/name").asText())
                .isEqualTo(AgentId.of("local", "never told"));
    }

    private interface Checks {
        void run() throws Exception;
    }

    private void after(Duration time, Checks checks) throws Exception {
        later.set(time);
        try {
            checks.run();
        } finally {
            later.set(Duration.ZERO);
        }
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private void event(String session, String metadata, int input) throws Exception {
        event(session, metadata, input, "bot");
    }

    private void event(String session, String metadata, int input, String agent) throws Exception {
        JsonNode body =
                json("{'agentId':'" + agent + "','type':'reasoning','model':'claude-haiku-4-5','tokens':{'input':"
                        + input + ",'output':1},'metadata':{'sessionId':'" + session + "'," + metadata + "}}");
        assertThat(http.post(muster.collector().resolve("/v1/events"), body).status())
                .isEqualTo(202);
    }

    private void hook(String session, String name, String fields) throws Exception {
        JsonNode body = json("{'session_id':'" + session + "','hook_event_name':'" + name + "'," + fields + "}");
        assertThat(http.post(muster.collector().resolve("/v1/hooks/claude-code"), body)
                        .status())
                .isEqualTo(200);
    }

    private int send(String key, String session, String fields, long ago) throws Exception {
        ObjectNode body = (ObjectNode) json("{" + fields + ",'metadata':{'sessionId':'" + session + "'}}");
        body.put("timestamp", Instant.now().toEpochMilli() + ago);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> http.post(muster.collector().resolve("/v1/events"), body, key)
                                .status(),
                        status -> status != 401);
    }

    private String key(String agent) throws Exception {
        return http.post(muster.api().resolve("/v1/me/keys"), json("{'label':'" + agent + "','agent':'" + agent + "'}"))
                .body()
                .path("secret")
                .asText();
    }

    private JsonNode get(String path) throws Exception {
        Http.Answer answer = http.get(muster.api().resolve("/v1/me/" + path));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode session(String id, Predicate<JsonNode> expected) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> http.get(muster.api().resolve("/v1/me/sessions/" + id)),
                        answer -> answer.status() == 200 && expected.test(answer.body()))
                .body();
    }

    private List<String> sessions(String query, int count) {
        List<String> ids = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("sessions?" + query).path("sessions"), found -> found.size() == count)
                .forEach(session -> ids.add(session.path("id").asText()));
        return ids;
    }

    private static List<String> inputs(JsonNode rows, String key) {
        List<String> found = new ArrayList<>();
        rows.forEach(row -> found.add(row.path(key).asText() + " " + row.at("/tokens/input")));
        return found;
    }
}
