/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Samples;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.streams.read.AuditEntry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRoutesTest {

    private static final String EVENTS = "/v1/me/events";

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void eventsAndCommandsStandInOneList() throws Exception {
        api.controls().add(rename().build());
        api.accounts()
                .audit(List.of(
                        Samples.fact(Samples.event("s-1", "f-1")),
                        new AuditEntry.OfAgent(rename().build()),
                        new AuditEntry.OfSession(acknowledgement())));

        JsonNode page = Api.json(api.get(EVENTS));

        JsonNode event = page.at("/events/0");
        assertThat(event.path("type").textValue()).isEqualTo("decision");
        assertThat(event.path("agentName").textValue()).isEqualTo("Bot");
        assertThat(event.path("sessionId").textValue()).isEqualTo("s-1");
        assertThat(event.path("traceId").textValue()).isEqualTo("t_1");
        assertThat(page.at("/events/1").toString())
                .isEqualTo("{\"timestamp\":\"1970-01-01T00:00:01.000Z\",\"type\":\"command\",\"command\":\"rename\","
                        + "\"agentId\":\"" + Samples.AGENT
                        + "\",\"agentName\":\"Bot\",\"displayName\":\"Bot\",\"by\":\"local\"}");
        assertThat(page.at("/events/2").toString())
                .isEqualTo("{\"timestamp\":\"1970-01-01T00:00:02.000Z\",\"type\":\"command\","
                        + "\"command\":\"acknowledge\",\"agentId\":\"" + Samples.AGENT
                        + "\",\"agentName\":\"Bot\",\"sessionId\":\"s-1\",\"by\":\"local\",\"reason\":\"known\"}");
        assertThat(page.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void anExportHasEveryEntryAndALineForEach() throws Exception {
        api.accounts().audit(Collections.nCopies(2_500, Samples.fact(Samples.event("s-1", "f-1"))));

        HttpResponse<String> response = api.get(EVENTS + "?format=ndjson");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"muster-events.ndjson\"");
        assertThat(response.body().lines()).hasSize(2_500).allMatch(line -> line.endsWith("\"sessionId\":\"s-1\"}"));
    }

    @Test
    void aTableHasItsHeadAndIsSafeInASpreadsheet() throws Exception {
        api.accounts()
                .audit(List.of(
                        Samples.fact(Samples.event("s-1", "f-1")
                                .setDurationMs(12L)
                                .setToolDetail("{\"command\":\"ls\"}")
                                .setPrompt("=HYPERLINK(\"http://evil.example\")")
                                .setResponse("one, \"two\"\nthree")),
                        new AuditEntry.OfSession(acknowledgement())));

        HttpResponse<String> response = api.send("GET", EVENTS, "Accept", "text/csv");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"muster-events.csv\"");
        assertThat(response.body())
                .startsWith("timestamp,type,command,outcome,agentId,agentName,sessionId,")
                .contains("\n2026-09-23T10:15:30.120Z,decision,,,\"" + Samples.AGENT + "\",claude-code:demo-app,s-1,")
                .contains(",\"{\"\"command\"\":\"\"ls\"\"}\",12,")
                .contains(",\"'=HYPERLINK(\"\"http://evil.example\"\")\",")
                .contains(",\"one, \"\"two\"\"\nthree\",")
                .contains("\n1970-01-01T00:00:02.000Z,command,acknowledge,,\"" + Samples.AGENT + "\",bot,s-1,")
                .endsWith(",local,known" + ",".repeat(9) + "\n");
    }

    @Test
    void anEmptyTableHasItsHead() throws Exception {
        assertThat(api.get(EVENTS + "?format=csv").body())
                .startsWith("timestamp,")
                .hasLineCount(1);
    }

    @Test
    void jsonIsAnsweredToWhoTakesItToo() throws Exception {
        assertThat(api.send("GET", EVENTS, "Accept", "application/json, text/csv;q=0.1")
                        .body())
                .startsWith("{");
        assertThat(api.send("GET", EVENTS, "Accept", "TEXT/CSV").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "yesterday", "1e9"})
    void timesThatAreNoneAreRefused(String time) throws Exception {
        assertThat(api.send("GET", EVENTS + "?from=" + time).statusCode()).isEqualTo(400);
        assertThat(api.send("GET", EVENTS + "?to=" + time).statusCode()).isEqualTo(400);
    }

    @Test
    void theFormatGoesBeforeWhatIsAccepted() throws Exception {
        assertThat(api.send("GET", EVENTS + "?format=json", "Accept", "text/csv")
                        .body())
                .isEqualTo("{\"events\":[],\"nextCursor\":null}");
        assertThat(api.send("GET", EVENTS, "Accept", "application/x-ndjson").body())
                .isEmpty();
    }

    @Test
    void anExportThatFailsAtOnceIsAProblem() throws Exception {
        api.accounts().audit(List.of(Samples.fact(Samples.event("s-1", "f-1"))));
        api.accounts().auditFailsAt(0);

        assertThat(api.get(EVENTS + "?format=csv").statusCode()).isEqualTo(500);
        assertThat(api.get(EVENTS + "?format=csv").headers().firstValue("Content-Disposition"))
                .isEmpty();
    }

    @Test
    void anExportThatFailsOnTheWayDoesNotLookWhole() {
        api.accounts().audit(Collections.nCopies(2_500, Samples.fact(Samples.event("s-1", "f-1"))));
        api.accounts().auditFailsAt(2_000);

        assertThatThrownBy(() -> api.get(EVENTS + "?format=ndjson")).isInstanceOf(IOException.class);
    }

    private static AgentCommand.Builder rename() {
        return AgentCommand.newBuilder()
                .setAccount("local")
                .setAgentId(Samples.AGENT)
                .setKind(AgentCommandKind.RENAME)
                .setName("Bot")
                .setBy("local")
                .setAt(1_000);
    }

    private static SessionCommand acknowledgement() {
        return SessionCommand.newBuilder()
                .setAccount("local")
                .setSessionId("s-1")
                .setAgentId(Samples.AGENT)
                .setAgentName("bot")
                .setKind(SessionCommandKind.ACKNOWLEDGE)
                .setBy("local")
                .setReason("known")
                .setAt(2_000)
                .build();
    }
}
