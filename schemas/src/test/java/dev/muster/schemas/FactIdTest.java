/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.Tokens;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

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
}
