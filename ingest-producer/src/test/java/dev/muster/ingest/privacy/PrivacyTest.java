/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import static dev.muster.schemas.PrivacyLevel.FULL;
import static dev.muster.schemas.PrivacyLevel.MINIMAL;
import static dev.muster.schemas.PrivacyLevel.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.claudecode.ClaudeCodeHooks;
import dev.muster.ingest.source.Text;
import dev.muster.ingest.voight.VoightEvents;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrivacyTest {

    private static final String SECRET = "jane@example.com";
    private static final String SCRUBBED = "[REDACTED-EMAIL]";

    @BeforeAll
    static void trustTheClassesThatAvroFindsByName() {
        HookEvents.trust();
    }

    @Test
    void theDocumentTellsOfEveryFieldInTheSchemasOrder() throws IOException {
        assertThat(rows().stream().map(Row::field))
                .containsExactlyElementsOf(HookEvent.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachFieldIsWhatTheDocumentSays(Row row) {
        for (PrivacyLevel level : PrivacyLevel.values()) {
            HookEvent event = full();
            Privacy.apply(level, event);

            Object sent = full().get(row.field());
            Object kept = event.get(row.field());
            String treatment = row.treatments().get(level.ordinal());
            switch (treatment) {
                case "kept" -> assertThat(kept).isEqualTo(sent).isNotNull();
                case "dropped" -> assertThat(kept).isNull();
                case "scrubbed" ->
                    assertThat(kept.toString()).doesNotContain(SECRET).contains(SCRUBBED);
                case "see below" -> assertThat(row.field()).isIn("git", "metadata", "background");
                default -> throw new AssertionError(treatment);
            }
        }
    }

    @Test
    void ofMetadataMinimalKeepsWhatTheSdkWouldSend() {
        HookEvent event = event(
                "\"metadata\":{\"phase\":\"post\",\"source\":\"sdk\",\"framework\":{\"a\":1},\"tokens\":{\"input\":1},"
                        + "\"prompt_length\":7,\"stopReason\":\"end_turn\",\"note\":\"" + SECRET
                        + "\",\"cwd\":\"/w\"}");

        Privacy.apply(MINIMAL, event);

        assertThat(event.getMetadata())
                .isEqualTo("{\"privacyLevel\":\"minimal\",\"prompt_length\":7," + "\"stopReason\":\"end_turn\"}");
    }

    @Test
    void ofGitOnlyTheRemoteIsScrubbed() {
        HookEvent event = full();

        Privacy.apply(STANDARD, event);

        assertThat(event.getGit()).isEqualTo(new Git(SECRET, SECRET, SCRUBBED, true));
    }

    @Test
    void ofMetadataStandardScrubsTextsAtAnyDepthAndNothingElse() {
        HookEvent event = event("\"metadata\":{\"a\":[{\"b\":[\"" + SECRET + "\",4111111111111111,true,null]}]}");

        Privacy.apply(STANDARD, event);

        assertThat(event.getMetadata())
                .isEqualTo("{\"a\":[{\"b\":[\"" + SCRUBBED
                        + "\",4111111111111111,true,null]}],\"privacyLevel\":\"standard\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "FULL,minimal,minimal",
        "FULL,nonsense,full",
        "STANDARD,full,standard",
        "STANDARD,minimal,minimal",
        "MINIMAL,standard,minimal"
    })
    void ofTwoLevelsTheStricterIsTold(PrivacyLevel level, String told, String expected) {
        HookEvent event = event("\"metadata\":{\"privacyLevel\":\"" + told + "\"}");

        Privacy.apply(level, event);

        assertThat(event.getMetadata()).isEqualTo("{\"privacyLevel\":\"" + expected + "\"}");
    }

    @Test
    void aKeysLevelGoesBeforeItsAccountsAndThatBeforeTheDefault() {
        Privacy privacy = new Privacy(STANDARD, Map.of("acme", MINIMAL), false);

        assertThat(privacy.levelOf(sender("acme", Optional.of(FULL)))).isEqualTo(FULL);
        assertThat(privacy.levelOf(sender("acme", Optional.empty()))).isEqualTo(MINIMAL);
        assertThat(privacy.levelOf(sender("other", Optional.empty()))).isEqualTo(STANDARD);
    }

    @ParameterizedTest
    @EnumSource
    void whoTheUserIsIsKeptOnlyByASetting(PrivacyLevel level) {
        HookEvent kept = full();
        new Privacy(level, Map.of(), true).apply(sender("acme", Optional.empty()), List.of(kept));
        HookEvent byDefault = full();
        new Privacy(level, Map.of(), false).apply(sender("acme", Optional.empty()), List.of(byDefault));

        assertThat(kept.getUser() != null).isEqualTo(level != MINIMAL);
        assertThat(byDefault.getUser()).isNull();
    }

    @Test
    void ofWhatRunsBehindMinimalKeepsIdsAndTypes() {
        HookEvent event = full();
        event.setBackground("{\"crons\":[{\"id\":\"c1\",\"prompt\":\"" + SECRET + "\",\"schedule\":\"0 9 * * *\"}],"
                + "\"tasks\":[{\"description\":\"" + SECRET + "\",\"id\":\"b1\",\"type\":\"shell\"}]}");

        Privacy.apply(MINIMAL, event);

        assertThat(event.getBackground())
                .isEqualTo("{\"crons\":[{\"id\":\"c1\",\"schedule\":\"0 9 * * *\"}],"
                        + "\"tasks\":[{\"id\":\"b1\",\"type\":\"shell\"}]}");
    }

    @ParameterizedTest
    @EnumSource
    void aFactIsTheSameAtEveryLevel(PrivacyLevel level) {
        for (String hook : Fixtures.hooks()) {
            HookEvent sent = Fixtures.event(new ClaudeCodeHooks(), hook);
            HookEvent kept = Fixtures.event(new ClaudeCodeHooks(), hook);

            Privacy.apply(level, kept);

            assertThat(kept.getId()).isEqualTo(sent.getId());
            assertThat(kept.getAgentLabel()).isEqualTo(sent.getAgentLabel());
            assertThat(kept.getKind()).isEqualTo(sent.getKind());
            HookEvent twice = HookEvent.newBuilder(kept).build();
            Privacy.apply(level, twice);
            assertThat(twice).isEqualTo(kept);
        }
    }

    @Test
    void aTextThatGrowsStaysWithinItsBound() {
        String phones = "+1234567890 ".repeat(160) + "end";
        HookEvent event = event("\"reasoning\":\"" + phones + "\",\"metadata\":{\"detail\":[\"" + phones + "\"]}");

        Privacy.apply(STANDARD, event);

        assertThat(event.getReasoning()).hasSizeLessThanOrEqualTo(Text.PREVIEW).endsWith("…");
        assertThat(event.getToolDetail()).hasSizeLessThanOrEqualTo(Text.PREVIEW).doesNotContain("+1234");
    }

    @Test
    void aDetailThatBeginsLikeJsonIsKeptWhole() {
        HookEvent event = event("\"type\":\"tool\"");
        event.setToolDetail("404 for " + SECRET);

        Privacy.apply(STANDARD, event);

        assertThat(event.getToolDetail()).isEqualTo("404 for " + SCRUBBED);
    }

    @Test
    void aSecretOnTheEdgeOfAPreviewIsNotKeptByHalf() {
        String key = "sk-ant-api03-" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kL6nP9r";
        for (int before = Text.PREVIEW - key.length() - 2; before <= Text.PREVIEW; before++) {
            String prompt = "x ".repeat(before / 2) + key + " and so on";
            HookEvent event = event("\"input\":{\"prompt\":\"" + prompt + "\"},\"metadata\":{\"detail\":{\"command\":\""
                    + prompt + "\"}}");

            Privacy.apply(STANDARD, event);

            assertThat(event.getPrompt()).doesNotContain("sk-");
            assertThat(event.getToolDetail()).doesNotContain("sk-");
        }
    }

    private static HookEvent event(String fields) {
        return Fixtures.event(new VoightEvents(), "{\"agentId\":\"bot\",\"timestamp\":1795363200000," + fields + "}");
    }

    private static Sender sender(String account, Optional<PrivacyLevel> level) {
        return new Sender(account, "key", Optional.empty(), level);
    }

    /** An event with a secret in every text. */
    private static HookEvent full() {
        HookEvent event = new HookEvent();
        for (Schema.Field field : HookEvent.getClassSchema().getFields()) {
            event.put(field.pos(), value(field.schema()));
        }
        event.setToolDetail("{\"a\":\"" + SECRET + "\"}");
        event.setMetadata("{\"a\":\"" + SECRET + "\"}");
        return event;
    }

    private static Object value(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> value(schema.getTypes().get(1));
            case STRING -> SECRET;
            case LONG -> 7L;
            case DOUBLE -> 7.0;
            case BOOLEAN -> true;
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(0), schema);
            case RECORD -> record(schema);
            default -> throw new AssertionError(schema);
        };
    }

    private static Object record(Schema schema) {
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    /** A line of the document's table: a field, and what becomes of it at each level, the strictest first. */
    record Row(String field, List<String> treatments) {}

    static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "privacy.md")).stream()
                .filter(line -> line.matches("\\| `\\w+` \\|( [a-z ]+ \\|){3}"))
                .map(line -> line.split(" \\| |\\| | \\|"))
                .map(cells -> new Row(cells[1].replace("`", ""), List.of(cells[2], cells[3], cells[4])))
                .toList();
    }
}
