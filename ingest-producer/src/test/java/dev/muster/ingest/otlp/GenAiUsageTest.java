/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.Tokens;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenAiUsageTest {

    private static final long MAX = 1_000_000_000L;

    @Property
    void inputThatIncludesTheCacheIsWhatIsLeftOfIt(
            @ForAll @LongRange(max = MAX / 4) long uncached,
            @ForAll @LongRange(max = MAX) long output,
            @ForAll @LongRange(max = MAX / 4) long read,
            @ForAll @LongRange(max = MAX / 4) long written) {
        assertThat(GenAiUsage.tokens(uncached + read + written, output, read, written))
                .isEqualTo(new Tokens(uncached, output, read, written, 0L));
    }

    @Property
    void noCountIsNegativeAndNoneIsMoreThanWasTold(
            @ForAll @LongRange(max = MAX) long input,
            @ForAll @LongRange(max = MAX) long read,
            @ForAll @LongRange(max = MAX) long written) {
        Tokens tokens = GenAiUsage.tokens(input, 0, read, written);

        assertThat(tokens.getInput()).isBetween(0L, input);
        assertThat(tokens.getCacheRead()).isEqualTo(read);
        assertThat(tokens.getCacheWrite5m()).isEqualTo(written);
    }

    @Property
    void olderNamesMeanTheSame(
            @ForAll @LongRange(max = MAX) long input,
            @ForAll @LongRange(max = MAX) long output,
            @ForAll @LongRange(max = MAX) long read,
            @ForAll @LongRange(max = MAX) long written) {
        ObjectNode now = SourceJson.newObject()
                .put("gen_ai.usage.input_tokens", input)
                .put("gen_ai.usage.output_tokens", output)
                .put("gen_ai.usage.cache_read.input_tokens", read)
                .put("gen_ai.usage.cache_creation.input_tokens", written);
        ObjectNode before = SourceJson.newObject()
                .put("gen_ai.usage.prompt_tokens", input)
                .put("gen_ai.usage.completion_tokens", String.valueOf(output))
                .put("gen_ai.usage.cache_read_input_tokens", read)
                .put("gen_ai.usage.cache_creation_input_tokens", written);

        assertThat(GenAiUsage.of(new Fields(now)))
                .contains(GenAiUsage.tokens(input, output, read, written))
                .isEqualTo(GenAiUsage.of(new Fields(before)));
    }

    @Test
    void aRequestThatTellsNoNumberHasNoUsage() {
        assertThat(GenAiUsage.of(new Fields(SourceJson.newObject()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1", "1000000001", "many"})
    void whatIsNoCountIsNotCounted(String told) {
        ObjectNode usage =
                SourceJson.newObject().put("gen_ai.usage.input_tokens", told).put("gen_ai.usage.output_tokens", 7);

        assertThat(GenAiUsage.of(new Fields(usage))).contains(new Tokens(0L, 7L, 0L, 0L, 0L));
    }
}
