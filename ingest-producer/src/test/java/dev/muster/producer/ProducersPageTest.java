/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Holds docs/producers.md and the code together. */
class ProducersPageTest {

    private static final Path PAGE = Path.of("..", "docs", "producers.md");
    private static final Path USE = Path.of("src", "test", "java", "dev", "muster", "producer", "DocumentedUse.java");

    private static final Set<String> CLIENT_SETTINGS = Set.of("url", "partitioner");

    private final String page;

    ProducersPageTest() throws IOException {
        page = Files.readString(PAGE);
    }

    @Test
    void itsJavaIsCompiled() throws IOException {
        Pattern block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

        assertThat(block.matcher(page).results().map(match -> bare(match.group(1))))
                .isNotEmpty()
                .allSatisfy(java -> assertThat(bare(read(USE))).contains(java));
    }

    @Test
    void everyFieldWithoutADefaultIsListed() {
        assertThat(HookEvent.getClassSchema().getFields())
                .filteredOn(field -> !field.hasDefaultValue())
                .extracting(Schema.Field::name)
                .allSatisfy(name -> assertThat(page.split("## Java", 2)[0]).contains("`" + name + "`"));
    }

    @Test
    void itsExamplesUseFieldsThatAreThere() {
        String foreign = page.substring(page.indexOf("## Python"));

        assertThat(Pattern.compile("\"([a-zA-Z]+)\": ")
                        .matcher(foreign)
                        .results()
                        .map(match -> match.group(1)))
                .filteredOn(name -> !CLIENT_SETTINGS.contains(name))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(HookEvent.getClassSchema().getField(name))
                        .as(name)
                        .isNotNull());
    }

    @Test
    void itsWordsAreTheCodes() {
        assertThat(page)
                .contains("`" + Topics.HOOK_EVENTS + "-value`")
                .contains("topic | `" + Topics.HOOK_EVENTS + "`")
                .contains("at most " + HookEvents.MAX_RECORD_BYTES / 1024 + " KiB")
                .contains("`" + AgentId.of("local", "my-bot") + "`")
                .contains("`" + FactId.toolStart("<tool use id>") + "`")
                .contains("`" + FactId.failedTurn("<prompt id>") + "`")
                .contains("`" + FactId.request("<provider's request id>") + "`");
    }

    @Test
    void itsLinksLeadToFiles() {
        Pattern link = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

        assertThat(link.matcher(page).results().map(MatchResult::group)).isNotEmpty();
        assertThat(link.matcher(page).results().map(match -> match.group(1)))
                .allSatisfy(path -> assertThat(PAGE.resolveSibling(path)).exists());
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    /** How code is laid out does not matter. */
    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
