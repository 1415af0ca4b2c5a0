/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.SPAN;
import static dev.muster.ingest.otlp.Telemetry.TRACE;
import static dev.muster.ingest.otlp.Telemetry.event;
import static dev.muster.ingest.otlp.Telemetry.events;
import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.protobuf;
import static dev.muster.ingest.otlp.Telemetry.read;
import static dev.muster.ingest.otlp.Telemetry.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenAiTest {

    private static final OtlpSource TRACES = OtlpSource.traces();
    private static final OtlpSource LOGS = OtlpSource.logs();
    private static final String ERROR = "\"status\":{\"code\":2,\"message\":\"the provider hung up\"}";
    private static final long TIME = 1_795_363_200_000L;

    @Test
    void aChatIsAModelRequest() {
        HookEvent event = event(
                TRACES,
                span(Map.of(
                        "gen_ai.operation.name", "chat",
                        "gen_ai.request.model", "gpt-5",
                        "gen_ai.response.model", "gpt-5-2025-08-07",
                        "gen_ai.response.id", "resp_68a1f0c2d4e5b6a79",
                        "gen_ai.usage.input_tokens", 100,
                        "gen_ai.usage.output_tokens", 20,
                        "gen_ai.usage.cache_read.input_tokens", 60,
                        "gen_ai.conversation.id", "c1",
                        "gen_ai.agent.name", "planner")));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getId()).isEqualTo(FactId.request("resp_68a1f0c2d4e5b6a79"));
        assertThat(event.getRequestId()).isEqualTo("resp_68a1f0c2d4e5b6a79");
        assertThat(event.getSource()).isEqualTo(Source.OTLP_SPAN);
        assertThat(event.getType()).isEqualTo(EventType.REASONING);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getModel()).isEqualTo("gpt-5-2025-08-07");
        assertThat(event.getTokens()).isEqualTo(new Tokens(40L, 20L, 60L, 0L, 0L));
        assertThat(event.getSessionId()).isEqualTo("c1");
        assertThat(event.getTraceId()).isEqualTo(TRACE);
        assertThat(event.getTimestamp()).isEqualTo(TIME + 1500);
        assertThat(event.getDurationMs()).isEqualTo(1500);
        assertThat(event.getClient()).isEqualTo("shop-agent");
        assertThat(event.getHookEvent()).isEqualTo("a span");
        assertThat(event.getMetadata()).contains("\"gen_ai.agent.name\":\"planner\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text_completion", "generate_content", "embeddings"})
    void soIsEveryOtherInference(String operation) {
        HookEvent event =
                event(TRACES, span(Map.of("gen_ai.operation.name", operation, "gen_ai.request.model", "text-embed-3")));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getModel()).isEqualTo("text-embed-3");
        assertThat(event.getTokens()).isNull();
        assertThat(event.getId()).isEqualTo(FactId.request(SPAN));
    }

    @Test
    void aRequestsSpanAndItsLogRecordAreOneFact() {
        Map<String, String> chat = Map.of("gen_ai.operation.name", "chat", "gen_ai.request.model", "m");
        String context = "\"traceId\":\"" + TRACE + "\",\"spanId\":\"" + SPAN + "\"";

        HookEvent log = event(LOGS, logs(log(chat, context)));

        assertThat(log.getSource()).isEqualTo(Source.OTLP_LOG);
        assertThat(log.getDurationMs()).isNull();
        assertThat(log.getId()).isEqualTo(event(TRACES, span(chat)).getId());
    }

    @Test
    void aToolsSpanIsItsStartAndItsEnd() {
        List<HookEvent> events = events(
                TRACES,
                span(Map.of(
                        "gen_ai.operation.name", "execute_tool",
                        "gen_ai.tool.name", "get_weather",
                        "gen_ai.tool.call.id", "call_1",
                        "gen_ai.tool.call.arguments", "{\"city\":\"Bonn\"}",
                        "gen_ai.tool.call.result", "rain",
                        "session.id", "s1")));

        HookEvent start = events.get(0);
        HookEvent end = events.get(1);
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getToolName()).isEqualTo("get_weather"))
                .allSatisfy(event -> assertThat(event.getToolUseId()).isEqualTo("call_1"))
                .allSatisfy(event -> assertThat(event.getToolDetail()).isEqualTo("{\"city\":\"Bonn\"}"))
                .allSatisfy(event -> assertThat(event.getSessionId()).isEqualTo("s1"));
        assertThat(start.getId()).isEqualTo(FactId.toolStart("call_1"));
        assertThat(start.getKind()).isEqualTo(FactKind.TOOL_START);
        assertThat(start.getPhase()).isEqualTo(Phase.PRE);
        assertThat(start.getOutcome()).isEqualTo(Outcome.PENDING);
        assertThat(start.getTimestamp()).isEqualTo(TIME);
        assertThat(start.getDurationMs()).isNull();
        assertThat(end.getId()).isEqualTo(FactId.toolEnd("call_1"));
        assertThat(end.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(end.getPhase()).isEqualTo(Phase.POST);
        assertThat(end.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.getTimestamp()).isEqualTo(TIME + 1500);
        assertThat(end.getDurationMs()).isEqualTo(1500);
        assertThat(end.getResponse()).isEqualTo("rain");
    }

    @Test
    void aToolsSpanWithoutCallIdGoesByItself() {
        assertThat(events(TRACES, span(Map.of("gen_ai.operation.name", "execute_tool"))))
                .extracting(HookEvent::getId)
                .containsExactly(FactId.toolStart(SPAN), FactId.toolEnd(SPAN));
    }

    @Test
    void aFailureHasItsKindAndItsWords() {
        HookEvent event = event(
                TRACES, span(Map.of("gen_ai.operation.name", "chat", "error.type", "rate_limit_exceeded"), ERROR));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getErrorType()).isEqualTo("rate_limit_exceeded");
        assertThat(event.getErrorMessage()).isEqualTo("the provider hung up");
    }

    @Test
    void aFailureWithoutWordsHasThoseOfItsException() {
        String exception = "\"status\":{\"code\":2},\"events\":[{\"name\":\"exception\",\"attributes\":"
                + "[{\"key\":\"exception.message\",\"value\":{\"stringValue\":\"no route\"}}]}]";

        HookEvent event = event(TRACES, span(Map.of("gen_ai.operation.name", "chat"), exception));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorMessage()).isEqualTo("no route");
        assertThat(event.getErrorType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoke_agent", "create_agent", "something_new"})
    void anAgentThatFailsIsATurnThatFails(String operation) {
        HookEvent event = event(TRACES, span(Map.of("gen_ai.operation.name", operation), ERROR));

        assertThat(event.getKind()).isEqualTo(FactKind.FAILED_TURN);
        assertThat(event.getId()).isEqualTo(FactId.failedTurn(TRACE));
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorMessage()).isEqualTo("the provider hung up");
        assertThat(event.getDurationMs()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoke_agent", "create_agent", "something_new"})
    void anAgentThatDoesNotIsAFactWithoutOutcome(String operation) {
        HookEvent event = event(TRACES, span(Map.of("gen_ai.operation.name", operation)));

        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getOutcome()).isNull();
        assertThat(event.getTimestamp()).isEqualTo(TIME);
        assertThat(event.getId()).startsWith("content:");
    }

    @Test
    void aSpanOfAnythingElseIsIgnored() {
        assertThat(read(TRACES, span("GET /cart", Map.of("http.request.method", "GET")))
                        .ignored())
                .isEqualTo(Map.of("GET /cart", 1));
    }

    @Test
    void theContentsIdIsTheSameInBothEncodingsAndWheneverItIsReceived() throws Exception {
        String json = span(Map.of("gen_ai.operation.name", "invoke_agent", "x", 5));
        Incoming later = new Incoming(
                "local",
                Optional.of("named"),
                Fixtures.RECEIVED_AT.plusSeconds(60),
                "application/x-protobuf",
                Telemetry.binary(json, ExportTraceServiceRequest.newBuilder()));

        assertThat(TRACES.read(later).events().get(0).getId())
                .isEqualTo(event(TRACES, json).getId())
                .isNotEqualTo(event(TRACES, json.replace("\"5\"", "\"6\"")).getId());
    }

    @Test
    void bothEncodingsGiveEqualEvents() throws Exception {
        String json = span(
                Map.of("gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "t", "flag", true, "n", 1), ERROR);
        byte[] binary = Telemetry.binary(json, ExportTraceServiceRequest.newBuilder());

        assertThat(TRACES.read(protobuf(binary))).isEqualTo(read(TRACES, json));
    }

    @Test
    void theAgentIsNamedByTheKeyThenTheResourceThenTheService() throws Exception {
        String json = span(Map.of("gen_ai.operation.name", "chat"));
        String named = json.replace(
                "\"resource\":{\"attributes\":[",
                "\"resource\":{\"attributes\":[{\"key\":\"muster.agent\",\"value\":{\"stringValue\":\"buyer\"}},");
        byte[] body = named.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Incoming bound = new Incoming("local", Optional.of("clerk"), Fixtures.RECEIVED_AT, "application/json", body);

        assertThat(event(TRACES, json).getAgentLabel()).isEqualTo("shop-agent");
        assertThat(event(TRACES, named).getAgentLabel()).isEqualTo("buyer");
        assertThat(event(TRACES, named).getAgentLabelRank()).isEqualTo(LabelRank.EXPLICIT);
        assertThat(TRACES.read(bound).events().get(0).getAgentLabel()).isEqualTo("clerk");
    }

    @Test
    void theSessionsOwnIdGoesBeforeTheConversations() {
        Map<String, String> both =
                Map.of("gen_ai.operation.name", "chat", "session.id", "s", "gen_ai.conversation.id", "c");

        assertThat(event(TRACES, span(both)).getSessionId()).isEqualTo("s");
    }

    @ParameterizedTest
    @CsvSource({"flex,flex", "batch,batch", "default,", "auto,"})
    void aServiceTierBesideTheStandardOneIsASpeed(String tier, String speed) {
        Map<String, String> chat = Map.of("gen_ai.operation.name", "chat", "openai.response.service_tier", tier);

        assertThat(event(TRACES, span(chat)).getSpeed()).isEqualTo(speed);
    }

    @Test
    void messagesAreKeptAsPreviewsAlone() {
        String input = "[{'role':'system','parts':[{'type':'text','content':'Be brief'}]},"
                + "{'role':'user','parts':[{'type':'text','content':'Where is my order?'}]},"
                + "{'role':'tool','parts':[{'type':'tool_call_response','response':'7'}]}]";
        String output = "[{'role':'assistant','parts':[{'type':'reasoning','content':'hm'},"
                + "{'type':'text','content':'On its way.'}]}]";
        Map<String, String> chat = new HashMap<>();
        chat.put("gen_ai.operation.name", "chat");
        chat.put("gen_ai.input.messages", input.replace('\'', '"'));
        chat.put("gen_ai.output.messages", output.replace('\'', '"'));
        chat.put("gen_ai.system_instructions", "secret");
        chat.put("gen_ai.prompt.0.content", "secret");

        HookEvent event = event(TRACES, span(chat));

        assertThat(event.getPrompt()).isEqualTo("Where is my order?");
        assertThat(event.getResponse()).isEqualTo("On its way.");
        assertThat(event.getMetadata()).doesNotContain("secret", "order", "way");
    }

    @ParameterizedTest
    @CsvSource({"gen_ai.input.messages,plain words,plain words", "gen_ai.prompt,[1],[1]", "gen_ai.prompt,x,x"})
    void messagesInAnotherFormAreKeptByTheirBeginning(String attribute, String told, String prompt) {
        assertThat(event(TRACES, span(Map.of("gen_ai.operation.name", "chat", attribute, told)))
                        .getPrompt())
                .isEqualTo(prompt);
    }
}
