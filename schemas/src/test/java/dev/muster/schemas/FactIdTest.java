/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactIdTest {

    private static final Tokens TOKENS = new Tokens(1L, 2L, 3L, 4L, 5L);

    @Test
    void aNaturalKeyIsReadable() {
        assertThat(FactId.toolStart("toolu_1")).isEqualTo("tool-start:toolu_1");
        assertThat(FactId.toolEnd("toolu_1")).isEqualTo("tool-end:toolu_1");
        assertThat(FactId.prompt("p")).isEqualTo("prompt:p");
        assertThat(FactId.request("req_1")).isEqualTo("request:req_1");
        assertThat(FactId.failedTurn("p")).isEqualTo("failed-turn:p");
        assertThat(FactId.dedupKey("k")).isEqualTo("key:k");
    }

    @Test
    void aRequestWithoutIdGoesByTraceModelAndTokensWithCacheWritesAsAWhole() {
        assertThat(FactId.request("t", "m", TOKENS)).isEqualTo("usage:t|m|1|2|3|9");
        assertThat(FactId.request(null, null, TOKENS)).isEqualTo("usage:||1|2|3|9");
    }

    @Test
    void contentIsAHashOfTheBytes() {
        assertThat(FactId.content("{}".getBytes(UTF_8))).isEqualTo("content:44136fa355b3678a1146ad16f7e8649e");
        assertThat(FactId.content("{ }".getBytes(UTF_8))).isNotEqualTo(FactId.content("{}".getBytes(UTF_8)));
    }

    @Test
    void aFactOfItsOwnIsLikeNoOther() {
        assertThat(FactId.own()).startsWith("own:").isNotEqualTo(FactId.own());
    }

    @Property
    void idsAreBoundedAndStayDistinct(
            @ForAll @StringLength(max = 600) String one, @ForAll @StringLength(max = 600) String other) {
        assertThat(FactId.toolEnd(one)).startsWith("tool-end:").hasSizeLessThanOrEqualTo(256);
        assertThat(FactId.toolEnd(one).equals(FactId.toolEnd(other))).isEqualTo(one.equals(other));
    }

    @Test
    void anEventIdIsTheSameForEveryCopyAndDiffersByAccountSessionAndFact() {
        RecordKey key = RecordKey.ofSession("acme", "s");
        String eventId = FactId.eventId(key, "prompt:p");

        assertThat(eventId).matches("evt_[0-9a-f]{24}").isEqualTo(FactId.eventId(key, "prompt:p"));
        assertThat(Set.of(
                        eventId,
                        FactId.eventId(RecordKey.ofSession("other", "s"), "prompt:p"),
                        FactId.eventId(RecordKey.ofSession("acme", "t"), "prompt:p"),
                        FactId.eventId(key, "prompt:q")))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "toolu_01A09q90qw90lq917835lq9",
                "toolu_bdrk_01Hw5Vf9bQ2nL8xKcYtRzPmE",
                "call_7Xk2mQpL9wRtYv3Zb8NcJdHs",
                "call_abCDeFgHIjkLmNOpQrstUVwx",
                "chatcmpl-9f2a4b7c1d3e5f60",
                "chatcmpl-tool-4f1c2d3e5a6b7c8d9e0f1a2b3c4d5e6f",
                "403904ea-5e03-494d-a934-0ae628c93747",
                "functions.Bash:403904ea-5e03-494d-a934-0ae628c93747",
                "req_011CSHoEeqs5C35K2UUqR7Fy",
                "msg_01XFDUDYJgAACzvnptvVoYEL",
                "call_1796006711903_1_0",
                "1796006711903123"
            })
    void anIdOfChanceOrTimeIsUnique(String id) {
        assertThat(FactId.isUnique(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "17",
                "Bash:0",
                "functions.Bash:12",
                "functions.mcp__github__create_pull_request:3",
                "getUserByIdV2FromDb:4",
                "v1beta1.md5sum:2",
                "call_1",
                "call_000000000000000000000001",
                "toolu_a7",
                "tool-call",
                "gw",
                "msg_000001",
                "chatcmpl-10",
                "chatcmpl-local",
                "00000000-0000-0000-0000-000000000000",
                "11111111-1111-1111-1111-111111111111",
                "req_42"
            })
    void aCountedOrConstantIdIsNot(String id) {
        assertThat(FactId.isUnique(id)).isFalse();
    }

    @Test
    void nearlyAllIdsThatAreDrawnAtRandomAreUnique() {
        Random random = new Random(7);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int kinds : List.of(letters.length(), 52)) {
            long unique = IntStream.range(0, 20_000)
                    .mapToObj(i -> "toolu_01"
                            + random.ints(22, 0, kinds)
                                    .mapToObj(at -> letters.substring(at, at + 1))
                                    .collect(Collectors.joining()))
                    .filter(FactId::isUnique)
                    .count();

            assertThat(unique).isGreaterThan(kinds == 52 ? 17_000 : 19_950);
        }
    }

    @Test
    void anIdThatIsNotUniqueNamesAFactWithinItsPromptAndByOrder() {
        String key = FactId.toolEnd("Bash:0");

        Set<String> others = Set.of(
                FactId.within(key, null, 0),
                FactId.within(key, null, 1),
                FactId.within(key, "p", 0),
                FactId.within(key, "p", 1),
                FactId.within(key, "q", 0));
        assertThat(others).hasSize(5).allMatch(FactId::isWithin);
        assertThat(FactId.isWithin(key)).isFalse();
        assertThat(FactId.withoutPrompt(FactId.within(key, "p", 0))).isEqualTo(key);
        assertThat(FactId.withoutPrompt(FactId.within(key, "p", 10))).isNull();
        assertThat(FactId.withoutPrompt(key)).isNull();
    }
}
