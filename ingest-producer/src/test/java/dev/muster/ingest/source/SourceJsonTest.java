/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceJsonTest {

    @Property(tries = 200)
    void theOrderOfKeysLeavesNoTrace(@ForAll @Size(max = 12) Map<String, Integer> values, @ForAll long seed) {
        List<Map.Entry<String, Integer>> shuffled = new ArrayList<>(values.entrySet());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(SourceJson.canonical(nested(shuffled)))
                .isEqualTo(SourceJson.canonical(nested(List.copyOf(values.entrySet()))));
    }

    @Test
    void sortsKeysAtEveryDepth() throws InvalidBodyException {
        assertThat(SourceJson.canonical(
                        SourceJson.object("{ \"b\": [{\"d\":1, \"c\":\"ü\"}], \"a\": 1.50 }".getBytes(UTF_8))))
                .isEqualTo("{\"a\":1.5,\"b\":[{\"c\":\"ü\",\"d\":1}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nothing", "[]", "7", "null", "{", "{} {}", "{\"a\":1,}", "{\"a\":NaN}"})
    void refusesWhatIsNotOneObject(String body) {
        assertThat(issues(body.getBytes(UTF_8)))
                .singleElement()
                .satisfies(issue -> assertThat(issue.path()).isEmpty())
                .satisfies(issue -> assertThat(issue.message()).startsWith("The body "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "404 not found", "null pointer", "{} {}", "\"a\" b", "[1]]", "{"})
    void aTextThatOnlyBeginsWithAValueIsNone(String text) {
        assertThat(SourceJson.value(text)).isEmpty();
        assertThat(SourceJson.value("{\"a\":1} "))
                .contains(SourceJson.newObject().put("a", 1));
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThat(issues(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                .hasSize(1);
    }

    @Test
    void refusesDeepNestingAndSaysWhere() throws InvalidBodyException {
        int depth = SourceJson.MAX_DEPTH - 1;

        SourceJson.object(nested(depth));
        assertThat(issues(nested(depth + 1))).extracting(Issue::path).containsExactly(List.of("metadata"));
    }

    @Test
    void refusesMoreValuesThanTheHeapHolds() {
        byte[] body = ("{\"a\":[" + "0,".repeat((int) SourceJson.MAX_TOKENS) + "0]}").getBytes(UTF_8);

        assertThat(issues(body)).singleElement().satisfies(issue -> {
            assertThat(issue.path()).containsExactly("a");
            assertThat(issue.message()).startsWith("The body holds too many values");
        });
    }

    private static byte[] nested(int depth) {
        return ("{\"metadata\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8);
    }

    private static ObjectNode nested(List<Map.Entry<String, Integer>> entries) {
        ObjectNode inner = SourceJson.newObject();
        entries.forEach(entry -> inner.put(entry.getKey(), entry.getValue()));
        ObjectNode outer = SourceJson.newObject();
        entries.forEach(entry -> outer.set(entry.getKey(), inner));
        return outer;
    }

    private static List<Issue> issues(byte[] body) {
        return catchThrowableOfType(InvalidBodyException.class, () -> SourceJson.object(body))
                .issues();
    }
}
