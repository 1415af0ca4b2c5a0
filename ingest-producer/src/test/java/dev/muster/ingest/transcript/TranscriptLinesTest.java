/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static dev.muster.ingest.transcript.Transcript.event;
import static dev.muster.ingest.transcript.Transcript.events;
import static dev.muster.ingest.transcript.Transcript.line;
import static dev.muster.ingest.transcript.Transcript.read;
import static dev.muster.ingest.transcript.Transcript.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptLinesTest {

    private static final String GOOD = user("'Mend the build'");
    private static final Issue TIME =
            Issue.at("Must be a time from 1973-03-03T09:46:40Z to 9999-12-31T23:59:59.999Z", "timestamp");
    private static final Issue NO_JSON = Issue.at("The body must be one JSON object");

    @Test
    void aRecordedSessionTellsItsFacts() {
        MappedBody mapped = read(Fixtures.lines("claude-code/transcript.jsonl").toArray(String[]::new));

        assertThat(mapped.refused()).isEmpty();
        assertThat(mapped.ignored()).isEmpty();
        assertThat(ids(mapped, FactKind.PROMPT)).hasSize(7).doesNotHaveDuplicates();
        assertThat(ids(mapped, FactKind.TOOL_START))
                .containsExactly(
                        "tool-start:toolu_a1", "tool-start:toolu_b1", "tool-start:toolu_f4", "tool-start:toolu_s6");
        assertThat(ids(mapped, FactKind.TOOL_END))
                .containsExactly("tool-end:toolu_b1", "tool-end:toolu_a1", "tool-end:toolu_f4", "tool-end:toolu_s6");
        assertThat(ids(mapped, FactKind.MODEL_REQUEST).stream().distinct()).hasSize(10);
        assertThat(mapped.events()).allSatisfy(event -> {
            assertThat(event.getSource()).isEqualTo(Source.TRANSCRIPT);
            assertThat(event.getClient()).isEqualTo("claude-code");
            assertThat(event.getSessionId()).isEqualTo("02ace589-459f-407d-bd7c-0fa1a6e6bf93");
            assertThat(event.getAgentLabel()).isEqualTo("claude-code:project");
            assertThat(event.getAgentLabelRank()).isEqualTo(LabelRank.DIRECTORY);
            assertThat(event.getGit().getBranch()).isEqualTo("HEAD");
            assertThat(event.getMetadata()).isEqualTo("{\"version\":\"2.1.330\"}");
            assertThat(event.getSubagentId()).isNull();
            assertThat(event.getReceivedAt()).isEqualTo(Fixtures.RECEIVED_AT.toEpochMilli());
        });
    }

    @Test
    void aRecordedSubagentsFactsAreItsOwnAndNoPrompts() {
        MappedBody mapped =
                read(Fixtures.lines("claude-code/subagent-transcript.jsonl").toArray(String[]::new));

        assertThat(mapped.refused()).isEmpty();
        assertThat(mapped.ignored()).isEqualTo(Map.of("user", 1));
        assertThat(ids(mapped, FactKind.PROMPT)).isEmpty();
        assertThat(ids(mapped, FactKind.TOOL_END)).containsExactly("tool-end:toolu_a7", "tool-end:toolu_b7");
        assertThat(mapped.events())
                .allSatisfy(event -> assertThat(event.getSubagentId()).isEqualTo("ada06ac25d10c6cdc"));
    }

    @Test
    void anEventIsOfItsLinesTime() {
        assertThat(event(GOOD).getTimestamp()).isEqualTo(1_795_363_200_000L);
        assertThat(event(user("'x'", "'timestamp':'2026-11-22T17:00:00.5+01:00'"))
                        .getTimestamp())
                .isEqualTo(1_795_363_200_500L);
    }

    @ParameterizedTest
    @CsvSource({"/w/shop,claude-code:shop,DIRECTORY", "/,claude-code:s1,SESSION"})
    void anAgentIsCalledByItsDirectoryElseByItsSession(String cwd, String label, LabelRank rank) {
        HookEvent event = event(user("'x'", "'cwd':'" + cwd + "'"));

        assertThat(event.getAgentLabel()).isEqualTo(label);
        assertThat(event.getAgentLabelRank()).isEqualTo(rank);
    }

    @Test
    void anAgentThatTheSenderNamesIsCalledSo() throws Exception {
        Incoming incoming = new Incoming(
                "acme",
                Optional.of("deployer"),
                Fixtures.RECEIVED_AT,
                TranscriptLines.MEDIA_TYPE,
                GOOD.getBytes(UTF_8));

        assertThat(new TranscriptLines().read(incoming).events())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getAccount()).isEqualTo("acme");
                    assertThat(event.getAgentLabel()).isEqualTo("deployer");
                    assertThat(event.getAgentLabelRank()).isEqualTo(LabelRank.EXPLICIT);
                });
    }

    @Test
    void whereAConversationWasMadeShorterIsAFactOfItsOwn() {
        String boundary = line(
                "'type':'system','subtype':'compact_boundary','compactMetadata':{'trigger':'auto'}",
                "'uuid':'11111111-0001-4000-8000-00000000beef'");

        HookEvent event = event(boundary);

        assertThat(event.getHookEvent()).isEqualTo("compact_boundary");
        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getId()).isEqualTo(event(boundary).getId());
        assertThat(events(line("'type':'system','subtype':'local_command'"))).isEmpty();
    }

    @Test
    void aTitleTravelsWithTheFactsOfItsSession() {
        List<HookEvent> events = events(
                line("'type':'custom-title','customTitle':'Shop'"),
                GOOD,
                user("'y'", "'sessionId':'s2'"),
                line("'type':'ai-title','aiTitle':'" + "t".repeat(300) + "'", "'sessionId':'s2'"));

        assertThat(events).extracting(HookEvent::getTitle).containsExactly("Shop", "t".repeat(199) + "…");
    }

    @Test
    void theUsersTitleGoesBeforeTheClientsAndTheLastBeforeTheFirst() {
        String custom = line("'type':'custom-title','customTitle':'First'");
        String generated = line("'type':'ai-title','aiTitle':'Made'");

        assertThat(event(custom, custom.replace("First", "Shop"), generated, GOOD)
                        .getTitle())
                .isEqualTo("Shop");
        assertThat(event(GOOD, generated.replace("Made", "Early"), generated).getTitle())
                .isEqualTo("Made");
    }

    @Test
    void whatTellsNoFactIsCountedByItsType() {
        MappedBody mapped = read(
                line("'type':'summary','summary':'a talk'"),
                line("'type':'file-history-snapshot'"),
                line("'type':'summary'"),
                line("'type':'" + "x".repeat(300) + "'"),
                line("'mood':1"),
                line("'type':'ai-title','aiTitle':null"),
                user("[]"),
                GOOD);

        assertThat(mapped.refused()).isEmpty();
        assertThat(mapped.events()).hasSize(1);
        assertThat(mapped.ignored())
                .isEqualTo(Map.of(
                        "summary",
                        2,
                        "file-history-snapshot",
                        1,
                        "x".repeat(199) + "…",
                        1,
                        "untyped",
                        1,
                        "ai-title",
                        1,
                        "user",
                        1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n\t\r\n"})
    void blankLinesAreNone(String body) {
        assertThat(read(body)).isEqualTo(MappedBody.EMPTY);
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(events(GOOD + "\r", "\r", GOOD + "\r")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "null", "{} {}"})
    void whatIsNoObjectIsRefusedAlone(String wrong) {
        assertRefusedAlone(wrong, NO_JSON);
    }

    @Test
    void whatIsNoJsonIsRefusedAlone() {
        MappedBody mapped = read("{\"type\":\"user\"", GOOD, "nonsense", GOOD);

        assertThat(mapped.events()).hasSize(2);
        assertThat(mapped.refused()).extracting(Refusal::index).containsExactly(0, 2);
        assertThat(mapped.refused())
                .allSatisfy(refusal -> assertThat(refusal.issues().get(0).message())
                        .startsWith("The body is not valid JSON at line 1, column "));
    }

    @Test
    void refusalsAreToldInTheLinesOrder() {
        String untimed = user("'x'", "'timestamp':null");

        assertThat(read(untimed, "nonsense", untimed, "[]").refused())
                .extracting(Refusal::index)
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void aLineThatNestsTooDeepIsRefusedAlone() {
        String deep = user("[".repeat(10_000) + "]".repeat(10_000));

        assertRefusedAlone(deep, Issue.at("The body nests deeper than 64 levels", "message"));
    }

    @Test
    void textThatIsNotUtf8IsRefusedAlone() throws Exception {
        byte[] body = String.join("\n", GOOD, user("'?'"), GOOD).getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '?' ? (byte) 0xC3 : body[i];
        }
        MappedBody mapped =
                new TranscriptLines().read(new Incoming("acme", Optional.empty(), Fixtures.RECEIVED_AT, "", body));

        assertThat(mapped.events()).hasSize(2);
        assertThat(mapped.refused()).extracting(Refusal::index).containsExactly(1);
    }

    @Test
    void soManyLinesAndNoMore() {
        assertThat(read("{}\n \n".repeat(10_000)).ignored()).isEqualTo(Map.of("untyped", 10_000));
        assertThat(Fixtures.issues(new TranscriptLines(), "{}\n".repeat(9_999) + "x\n{}"))
                .containsExactly(Issue.at("The body must have at most 10000 lines"));
    }

    @Test
    void aHugeLineIsTakenAndItsTextCut() {
        HookEvent event = event(user("'" + "x".repeat(4_000_000) + "'"));

        assertThat(event.getPrompt()).isEqualTo("x".repeat(1999) + "…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'timestamp':null",
                "'timestamp':'noon'",
                "'timestamp':1795363200000",
                "'timestamp':''",
                "'timestamp':'1970-01-01T00:00:00Z'",
                "'timestamp':'+10000-01-01T00:00:00Z'",
                "'timestamp':'-1000000000-01-01T00:00:00Z'",
                "'timestamp':{'a':1}"
            })
    void aLineWithoutATimeThatCanBeIsRefusedAlone(String time) {
        assertRefusedAlone(user("'x'", time), TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sessionId':null",
                "'sessionId':''",
                "'sessionId':' '",
                "'sessionId':{'a':1}",
                "'sessionId':true"
            })
    void aLineWithoutSessionIsRefusedAlone(String session) {
        assertRefusedAlone(user("'x'", session), Issue.at("Required", "sessionId"));
    }

    @Test
    void aSessionsIdHasAtMost200Characters() {
        assertThat(event(user("'x'", "'sessionId':'" + "s".repeat(200) + "'")).getSessionId())
                .isEqualTo("s".repeat(200));
        assertRefusedAlone(
                user("'x'", "'sessionId':'" + "s".repeat(201) + "'"),
                Issue.at("Must have at most 200 characters", "sessionId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessionId", "promptId", "requestId", "agentId", "uuid"})
    void aLineWithAnIdThatNoAddressCanHoldIsRefusedAlone(String id) {
        assertRefusedAlone(user("'x'", "'" + id + "':'a\\u0000b'"), Issue.at("Must not hold the character U+0000", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "tool_use_id"})
    void soIsALineWithACallsId(String id) {
        String result = user("[{'type':'text'},{'type':'tool_result','" + id + "':'a\\u0000b'}]");

        assertRefusedAlone(result, Issue.at("Must not hold the character U+0000", "message", "content", "1", id));
    }

    @Test
    void allThatIsWrongWithALineIsTold() {
        assertRefusedAlone(user("'x'", "'sessionId':''", "'timestamp':''"), Issue.at("Required", "sessionId"), TIME);
    }

    @Test
    void aLineThatTellsNoFactsIsNeverRefusedForWhatItLacks() {
        assertThat(read("{\"type\":\"summary\"}").refused()).isEmpty();
    }

    /** With good lines around it, of which nothing is lost. */
    private static void assertRefusedAlone(String line, Issue... issues) {
        MappedBody mapped = read(GOOD, "", line, GOOD);

        assertThat(mapped.events()).hasSize(2);
        assertThat(mapped.ignored()).isEmpty();
        assertThat(mapped.refused()).containsExactly(Refusal.invalid(2, List.of(issues)));
    }

    private static List<String> ids(MappedBody mapped, FactKind kind) {
        return mapped.events().stream()
                .filter(event -> event.getKind() == kind)
                .map(HookEvent::getId)
                .toList();
    }
}
