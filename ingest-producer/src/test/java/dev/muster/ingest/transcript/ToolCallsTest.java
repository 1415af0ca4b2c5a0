/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static dev.muster.ingest.transcript.Transcript.assistant;
import static dev.muster.ingest.transcript.Transcript.event;
import static dev.muster.ingest.transcript.Transcript.events;
import static dev.muster.ingest.transcript.Transcript.read;
import static dev.muster.ingest.transcript.Transcript.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallsTest {

    private static final String CALL = assistant(
            "'id':'m1','model':'<synthetic>','content':[{'type':'tool_use','id':'t1','name':'Bash','input':{'command':'ls'}}]");

    @Test
    void aCallIsAStart() {
        HookEvent event = event(CALL);

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_START);
        assertThat(event.getType()).isEqualTo(EventType.ACTION);
        assertThat(event.getId()).isEqualTo(FactId.toolStart("t1"));
        assertThat(event.getToolUseId()).isEqualTo("t1");
        assertThat(event.getPhase()).isEqualTo(Phase.PRE);
        assertThat(event.getOutcome()).isEqualTo(Outcome.PENDING);
        assertThat(event.getToolName()).isEqualTo("Bash");
        assertThat(event.getToolDetail()).isEqualTo("{\"command\":\"ls\"}");
    }

    @Test
    void callsInOneLineAreFactsOfTheirOwnAndWhatIsCutIsToldOfEach() {
        String large = "y".repeat(3000);
        List<HookEvent> events = events(assistant("'model':'<synthetic>','content':["
                + "{'type':'tool_use','id':'t1','name':'Write','input':'" + large + "'},"
                + "{'type':'tool_use','id':'t2','name':'Read','input':{}}]"));

        assertThat(events).extracting(HookEvent::getId).containsExactly("tool-start:t1", "tool-start:t2");
        assertThat(events.get(0).getToolDetail()).hasSize(2000);
        assertThat(events.get(0).getMetadata()).isEqualTo("{\"_cut\":{\"input\":3002}}");
        assertThat(events.get(1).getMetadata()).isNull();
    }

    @Test
    void aResultIsAnEndWithTheNameOfTheCallBeforeIt() {
        List<HookEvent> events = events(CALL, result("'content':'a.txt'"));

        HookEvent event = events.get(1);
        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getType()).isEqualTo(EventType.ACTION);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("t1"));
        assertThat(event.getToolUseId()).isEqualTo("t1");
        assertThat(event.getTraceId()).isEqualTo("p1");
        assertThat(event.getPhase()).isEqualTo(Phase.POST);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getToolName()).isEqualTo("Bash");
        assertThat(event.getResponse()).isEqualTo("a.txt");
        assertThat(event.getErrorMessage()).isNull();
        assertThat(event.getDurationMs()).isNull();
    }

    @Test
    void aResultSentApartFromItsCallMayNameItsTool() {
        assertThat(event(result("'content':'a.txt'")).getToolName()).isNull();
        assertThat(event(user("[{'type':'tool_result','tool_use_id':'t1'}]", "'toolNames':{'t1':'Bash','t2':'Read'}"))
                        .getToolName())
                .isEqualTo("Bash");
        assertThat(event(user("[{'type':'tool_result','tool_use_id':'t1'}]", "'toolNames':{'t1':null}"))
                        .getToolName())
                .isNull();
    }

    @Test
    void resultsInOneLineAreFactsOfTheirOwn() {
        List<HookEvent> events = events(user("[{'type':'tool_result','tool_use_id':'t1','content':'one'},"
                + "{'type':'tool_result','tool_use_id':'t2','is_error':true,'content':'two'},"
                + "{'type':'tool_result','tool_use_id':'t3','content':'" + "z".repeat(2500) + "'}]"));

        assertThat(events).extracting(HookEvent::getId).containsExactly("tool-end:t1", "tool-end:t2", "tool-end:t3");
        assertThat(events)
                .extracting(HookEvent::getOutcome)
                .containsExactly(Outcome.SUCCESS, Outcome.FAILED, Outcome.SUCCESS);
        assertThat(events).extracting(HookEvent::getMetadata).containsExactly(null, null, "{\"_cut\":{\"text\":2500}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'x' | x",
                "[{'type':'text','text':'x'},{'type':'image'},{'type':'text','text':'y'}] | x+y",
                "[] | ",
                "'' | ",
                "{'a':1} | "
            })
    void aResultsTextIsItsContents(String content, String response) {
        assertThat(event(result("'content':" + content)).getResponse())
                .isEqualTo(response == null ? null : response.replace('+', '\n'));
    }

    @Test
    void aCallOrResultWithoutIdIsNone() {
        assertThat(read(
                                user("[{'type':'tool_result','content':'x'},{'type':'tool_result','tool_use_id':' '}]"),
                                assistant("'model':'<synthetic>','content':[{'type':'tool_use','name':'Bash'}]"))
                        .ignored())
                .isEqualTo(Map.of("user", 1, "assistant", 1));
    }

    @Test
    void aCallsIdIsNeverCutSoThatTwoBecomeOne() {
        String id = "t".repeat(300);
        HookEvent end = events(CALL.replace("t1", id), user("[{'type':'tool_result','tool_use_id':'" + id + "'}]"))
                .get(1);

        assertThat(end.getToolUseId()).hasSize(200).startsWith("ttt").contains("~");
        assertThat(end.getId()).isEqualTo(FactId.toolEnd(end.getToolUseId()));
        assertThat(end.getToolName()).isEqualTo("Bash");
    }

    @Test
    void aToolThatFailedIsAnErrorAndNoDenial() {
        HookEvent event = event(result("'is_error':true,'content':'Exit code 2'"));

        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorMessage()).isEqualTo("Exit code 2");
        assertThat(event.getResponse()).isEqualTo("Exit code 2");
        assertThat(event.getDenialType()).isNull();
        assertThat(event.getDenialReason()).isNull();
    }

    @Test
    void aResultSaysWhetherTheUserBrokeItOff() {
        String line = user("[{'type':'tool_result','tool_use_id':'t1','is_error':true}]");

        assertThat(event(line.replaceFirst("\\{", "{'toolUseResult':{'interrupted':true},".replace('\'', '"')))
                        .getInterrupted())
                .isTrue();
        assertThat(event(line).getInterrupted()).isFalse();
    }

    @Test
    void aToolMayFailWithoutAWord() {
        HookEvent event = event(result("'is_error':true"));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorMessage()).isNull();
        assertThat(event.getResponse()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "user_reject,user_rejected",
        "user_abort,user_rejected",
        "user_permanent,user_rejected",
        "hook,hook_blocked",
        "config,settings_blocked"
    })
    void whoDecidedThatACallMayNotRunIsTold(String source, String denial) {
        HookEvent event = event(user(
                "[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':'No, use rg'}]",
                "'permissionDecision':{'decision':'reject','source':'" + source + "'}"));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getDenialType()).isEqualTo(denial);
        assertThat(event.getDenialReason()).isEqualTo("No, use rg");
        assertThat(event.getErrorMessage()).isEqualTo("No, use rg");
    }

    @Test
    void aCallThatMightRunAndFailedWasNotDenied() {
        HookEvent event = event(user(
                "[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':'Exit code 2'}]",
                "'permissionDecision':{'decision':'accept','source':'config'}"));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getDenialType()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Somebody doesn't want to proceed. | ",
                "The user doesn't want to proceed with this tool use. | user_rejected",
                "The user doesn't want to take this action right now. | user_rejected",
                "Permission to use Bash with command rm has been denied. | settings_blocked",
                "Permission to use Bash is granted | ",
                "I was told: Permission to use Bash has been denied. | "
            })
    void theResultsOfOlderClientsTellItInWords(String output, String denial) {
        HookEvent event = event(user("[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':'OUTPUT'}]")
                .replace("OUTPUT", output));

        assertThat(event.getDenialType()).isEqualTo(denial);
        assertThat(event.getDenialReason()).isEqualTo(denial == null ? null : output);
    }

    @Test
    void suchWordsInAResultThatSucceededAreNoDenial() {
        HookEvent event = event(user("[{'type':'tool_result','tool_use_id':'t1','content':'OUTPUT'}]")
                .replace("OUTPUT", "The user doesn't want to proceed"));

        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getDenialType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'attributionAgent':'Explore'", "'attributionAgent':'Explore','agentId':''"})
    void aTypeWithoutSubagentIsNone(String field) {
        assertThat(event(result("'content':'x'").replace("\"uuid\"", field.replace('\'', '"') + ",\"uuid\""))
                        .getSubagentType())
                .isNull();
    }

    @Test
    void aSubagentsCallIsItsOwn() {
        HookEvent event = event(user(
                "[{'type':'tool_result','tool_use_id':'t1'}]",
                "'isSidechain':true,'agentId':'a1','attributionAgent':'Explore'"));

        assertThat(event.getSubagentId()).isEqualTo("a1");
        assertThat(event.getSubagentType()).isEqualTo("Explore");
    }

    @Test
    void recordedCallsEndAsTheyDid() {
        List<HookEvent> ends = events(
                        Fixtures.lines("claude-code/transcript.jsonl").toArray(String[]::new))
                .stream()
                .filter(event -> event.getKind() == FactKind.TOOL_END)
                .toList();

        assertThat(ends).extracting(HookEvent::getToolName).containsExactly("Read", "Bash", "Bash", "Agent");
        assertThat(ends)
                .extracting(HookEvent::getOutcome)
                .containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILED, Outcome.SUCCESS);
        assertThat(ends.get(2).getErrorMessage())
                .isEqualTo("Exit code 2\nls: cannot access '/nonexistent-dir-xyz': No such file or directory");
    }

    private static String result(String fields) {
        return user("[{'type':'tool_result','tool_use_id':'t1'," + fields + "}]");
    }
}
