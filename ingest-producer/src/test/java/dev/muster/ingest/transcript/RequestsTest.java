/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static dev.muster.ingest.transcript.Transcript.assistant;
import static dev.muster.ingest.transcript.Transcript.event;
import static dev.muster.ingest.transcript.Transcript.events;
import static dev.muster.ingest.transcript.Transcript.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private static final String MODEL = "'id':'m1','model':'claude-sonnet-4-5'";
    private static final String TEXT = "'content':[{'type':'text','text':'Done.'}]";

    @Test
    void anAnswerIsARequestWithItsUsage() {
        HookEvent event = event(assistant(
                MODEL + ",'content':[{'type':'thinking','thinking':'Hm.'},{'type':'text','text':'One.'},"
                        + "{'type':'text','text':'Two.'}],'usage':{'input_tokens':13,'output_tokens':41,"
                        + "'cache_read_input_tokens':7,'cache_creation_input_tokens':9}",
                "'requestId':'req_1'"));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getType()).isEqualTo(EventType.REASONING);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getRequestId()).isEqualTo("req_1");
        assertThat(event.getModel()).isEqualTo("claude-sonnet-4-5");
        assertThat(event.getTokens()).isEqualTo(new Tokens(13L, 41L, 7L, 9L, 0L));
        assertThat(event.getResponse()).isEqualTo("One.\nTwo.");
        assertThat(event.getReasoning()).isEqualTo("Hm.");
        assertThat(event.getReportedCostPicoUsd()).isNull();
        assertThat(event.getSpeed()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'cache_creation_input_tokens':9 | 9 | 0",
                "'cache_creation_input_tokens':9,'cache_creation':null | 9 | 0",
                "'cache_creation_input_tokens':9,'cache_creation':{'ephemeral_5m_input_tokens':4,"
                        + "'ephemeral_1h_input_tokens':5} | 4 | 5",
                "'cache_creation':{'ephemeral_1h_input_tokens':5} | 0 | 5",
                "'cache_creation_input_tokens':'9' | 9 | 0",
                "'cache_creation_input_tokens':-9 | 0 | 0",
                "'cache_creation_input_tokens':1e300 | 0 | 0"
            })
    void aCacheWriteIsOfFiveMinutesUnlessItIsSplit(String usage, long fiveMinutes, long hour) {
        HookEvent event = event(assistant(MODEL + ",'usage':{" + usage + "}"));

        assertThat(event.getTokens()).isEqualTo(new Tokens(0L, 0L, 0L, fiveMinutes, hour));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'speed':'standard','service_tier':'standard' | ",
                "'speed':'normal','service_tier':null | ",
                "'speed':null,'service_tier':'batch' | batch",
                "'speed':'fast','service_tier':'standard' | fast",
                "'speed':'fast','service_tier':'priority' | fast"
            })
    void anUnusualSpeedOrTierIsTold(String usage, String speed) {
        assertThat(event(assistant(MODEL + ",'usage':{" + usage + "}")).getSpeed())
                .isEqualTo(speed);
    }

    @Test
    void theLinesOfOneMessageAreOneRequestWithTheLargestUsage() {
        List<HookEvent> events = events(
                assistant(MODEL + "," + TEXT + ",'usage':{'input_tokens':13,'output_tokens':1}", "'uuid':'u1'"),
                assistant(MODEL + ",'usage':{'input_tokens':13,'output_tokens':41}", "'uuid':'u2'"),
                assistant(MODEL + "," + TEXT, "'uuid':'u3'"));

        Tokens largest = new Tokens(13L, 41L, 0L, 0L, 0L);
        assertThat(events).hasSize(3).allSatisfy(event -> {
            assertThat(event.getTokens()).isEqualTo(largest);
            assertThat(event.getId()).isEqualTo(FactId.request(null, "claude-sonnet-4-5", largest));
        });
    }

    @Test
    void messagesWithoutIdAreNotJoined() {
        List<HookEvent> events = events(
                assistant("'model':'m','id':'','usage':{'input_tokens':1}"),
                assistant("'model':'m','id':null,'usage':{'input_tokens':2}"),
                assistant("'model':'m','usage':{'input_tokens':3}"));

        assertThat(events).extracting(event -> event.getTokens().getInput()).containsExactly(1L, 2L, 3L);
        assertThat(events).extracting(HookEvent::getId).doesNotHaveDuplicates();
    }

    @Test
    void aRequestWithNeitherIdNorUsageGoesByItsLine() {
        List<HookEvent> events = events(
                assistant(MODEL + "," + TEXT, "'uuid':'u1'"),
                assistant(MODEL + "," + TEXT, "'uuid':'u2'"),
                assistant(MODEL + "," + TEXT, "'uuid':'u1'"));

        assertThat(events.get(0).getId()).isEqualTo(FactId.content("u1".getBytes(UTF_8)));
        assertThat(events.get(1).getId()).isNotEqualTo(events.get(0).getId());
        assertThat(events.get(2).getId()).isEqualTo(events.get(0).getId());
    }

    @Test
    void whatTheClientAnswersInTheModelsPlaceIsNoRequest() {
        assertThat(read(assistant("'model':'<synthetic>'," + TEXT + ",'usage':{'input_tokens':5}"))
                        .ignored())
                .isEqualTo(Map.of("assistant", 1));
    }

    @Test
    void aFailedRequestHasNeitherModelNorUsageWhereTheClientAnswers() {
        HookEvent event = event(failure("'requestId':'req_1'", "'apiErrorStatus':529", "'error':'server_error'"));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getErrorMessage()).isEqualTo("API Error: overloaded");
        assertThat(event.getErrorType()).isEqualTo("529");
        assertThat(event.getResponse()).isNull();
        assertThat(event.getModel()).isNull();
        assertThat(event.getTokens()).isNull();
    }

    @Test
    void aFailuresTypeIsItsStatusElseItsName() {
        assertThat(event(failure("'error':'rate_limit'")).getErrorType()).isEqualTo("rate_limit");
        assertThat(event(failure()).getErrorType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<synthetic>", "claude-sonnet-4-5"})
    void twoFailuresWithoutIdAreTwo(String model) {
        List<HookEvent> events = events(
                failure("'uuid':'u1'", "'promptId':null").replace("<synthetic>", model),
                failure("'uuid':'u2'", "'promptId':null").replace("<synthetic>", model),
                failure("'uuid':'u1'", "'promptId':null").replace("<synthetic>", model));

        assertThat(events).hasSize(3);
        assertThat(events.get(0).getId())
                .isNotEqualTo(events.get(1).getId())
                .isEqualTo(events.get(2).getId());
    }

    @Test
    void aFailureWithoutIdIsItsTurns() {
        HookEvent event = event(failure("'promptId':'p7'"));

        assertThat(event.getKind()).isEqualTo(FactKind.FAILED_TURN);
        assertThat(event.getId()).isEqualTo(FactId.failedTurn("p7"));
        assertThat(event.getTraceId()).isEqualTo("p7");
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void failuresWithNoIdAtAllGoByTheirLines() {
        List<HookEvent> events = events(
                failure("'uuid':null", "'promptId':null"),
                failure("'uuid':null", "'promptId':null", "'timestamp':'2026-11-22T16:00:01Z'"));

        assertThat(events.get(0).getId())
                .startsWith("content:")
                .isNotEqualTo(events.get(1).getId());
    }

    @Test
    void aRequestsCallsComeAfterIt() {
        assertThat(events(assistant(MODEL + ",'content':[{'type':'tool_use','id':'t1','name':'Bash','input':{}}]")))
                .extracting(HookEvent::getKind)
                .containsExactly(FactKind.MODEL_REQUEST, FactKind.TOOL_START);
    }

    @Test
    void whatWasCutIsTold() {
        HookEvent event = event(assistant("'model':'" + "m".repeat(300) + "','content':[{'type':'text','text':'"
                + "x".repeat(2500) + "'},{'type':'thinking','thinking':'" + "y".repeat(2600) + "'}]"));

        assertThat(event.getMetadata()).isEqualTo("{\"_cut\":{\"model\":300,\"text\":2500,\"thinking\":2600}}");
        assertThat(event.getModel()).hasSize(200);
        assertThat(event.getResponse()).hasSize(2000);
        assertThat(event.getReasoning()).hasSize(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "3", "[]", "'x'"})
    void aMessageThatIsNoneTellsNoUse(String message) {
        String line = assistant("").replaceFirst("\"message\":\\{.*?}", "\"message\":" + message.replace('\'', '"'));

        HookEvent event = event(line);

        assertThat(event.getModel()).isNull();
        assertThat(event.getTokens()).isNull();
        assertThat(event.getResponse()).isNull();
    }

    @Test
    void recordedRequestsUsedWhatTheyDid() {
        Map<String, Tokens> byId = new TreeMap<>();
        events(Fixtures.lines("claude-code/transcript.jsonl").toArray(String[]::new)).stream()
                .filter(event -> event.getTokens() != null)
                .forEach(event -> byId.put(event.getId(), event.getTokens()));

        assertThat(byId).hasSize(8).containsEntry("request:req_1", new Tokens(13L, 41L, 0L, 2048L, 0L));
        assertThat(byId.values().stream().mapToLong(Tokens::getOutput).sum()).isEqualTo(359);
    }

    private static String failure(String... fields) {
        String all = fields.length == 0 ? "" : "," + String.join(",", fields);
        return assistant(
                "'model':'<synthetic>','content':[{'type':'text','text':'API Error: overloaded'}],"
                        + "'usage':{'input_tokens':0,'output_tokens':0}",
                "'isApiErrorMessage':true" + all);
    }
}
