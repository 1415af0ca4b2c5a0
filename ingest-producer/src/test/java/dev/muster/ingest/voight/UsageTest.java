/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.Tokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @Test
    void theFirstPlaceWithNumbersCountsAndNothingIsSummed() throws InvalidBodyException {
        String top = "\"tokens\":{\"input\":1,\"output\":1}";
        String plain = "\"tokens\":{\"input\":20,\"output\":2}";
        String split = "\"tokensBreakdown\":{\"inputBase\":3,\"cacheCreation\":4,\"cacheRead\":5,\"output\":6}";

        assertThat(usage("{%s,\"metadata\":{%s,%s}}".formatted(top, plain, split)))
                .contains(tokens(3, 6, 5, 4));
        assertThat(usage("{%s,\"metadata\":{%s,\"tokensBreakdown\":{}}}".formatted(top, plain)))
                .contains(tokens(20, 2, 0, 0));
        assertThat(usage("{%s,\"metadata\":{\"tokens\":null}}".formatted(top))).contains(tokens(1, 1, 0, 0));
        assertThat(usage("{\"tokens\":{},\"metadata\":{}}")).isEmpty();
    }

    @Test
    void aTotalWithoutPartsIsInput() throws InvalidBodyException {
        assertThat(usage("{\"tokens\":{\"total\":9}}")).contains(tokens(9, 0, 0, 0));
        assertThat(usage("{\"tokens\":{\"total\":9,\"output\":4}}")).contains(tokens(5, 4, 0, 0));
        assertThat(usage("{\"tokens\":{\"output\":4}}")).contains(tokens(0, 4, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "openai-sdk,,gpt-4o,40",
        "anthropic-sdk,,claude-opus-4-7,100",
        "vercel-ai-sdk,anthropic.messages,some-model,100",
        "vercel-ai-sdk,openai.chat,gpt-4o,40",
        "bitfrost,,claude-opus-4-7,100",
        "bitfrost,openai,gpt-4o,40",
        "sdk,,gpt-4o,100"
    })
    void inputIsFreedOfTheCacheWhereTheSourceCountsItIn(String source, String provider, String model, long input)
            throws InvalidBodyException {
        String body = "{\"model\":\"%s\",\"metadata\":{\"source\":\"%s\",\"provider\":\"%s\","
                        .formatted(model, source, provider)
                + "\"tokens\":{\"input\":100,\"output\":7,\"cache_read\":60,\"cache_creation\":8}}}";

        assertThat(usage(body)).contains(tokens(input, 7, 60, 8));
    }

    private static Optional<Tokens> usage(String body) throws InvalidBodyException {
        return Usage.of(SourceJson.object(body.getBytes(UTF_8)));
    }

    private static Tokens tokens(long input, long output, long cacheRead, long cacheWrite) {
        return new Tokens(input, output, cacheRead, cacheWrite, 0L);
    }
}
