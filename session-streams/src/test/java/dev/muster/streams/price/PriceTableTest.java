/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {

    private static final PriceTable TABLE = PriceTable.shipped();
    private static final long NOW = millis("2026-09-23");
    private static final TokenCounts MILLION_IN = new TokenCounts(1_000_000, 0, 0, 0, 0);

    @Test
    void everyKindOfTokenHasItsPrice() {
        assertThat(TABLE.cost("claude-opus-4-7", new TokenCounts(50, 200, 850, 100, 0), null, NOW))
                .isEqualTo(new Cost(6_300_000_000L, 0));
        assertThat(TABLE.cost("claude-sonnet-4-5-20250929", new TokenCounts(39, 785, 132_100, 4_050, 0), null, NOW))
                .isEqualTo(new Cost(66_709_500_000L, 0));
        assertThat(TABLE.cost("claude-haiku-4-5", new TokenCounts(1, 1, 1, 1, 1), null, NOW))
                .isEqualTo(new Cost(1_000_000 + 5_000_000 + 100_000 + 1_250_000 + 2_000_000, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-4-5, 200000",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 200000",
        "claude-sonnet-4-5[1m], 1000000",
        "claude-opus-4-8, 1000000",
        "a model of tomorrow, 0",
        ", 0"
    })
    void aModelTakesSoManyTokens(@Nullable String model, long window) {
        assertThat(TABLE.contextWindow(model, NOW)).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-5, 3",
        "claude-sonnet-4-5-20250929, 3",
        "claude-sonnet-4-5-latest, 3",
        "claude-sonnet-4-5@20250929, 3",
        "claude-sonnet-4-5[1m], 3",
        "claude-sonnet-4-5-20250929[1m], 3",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "vertex_ai/claude-sonnet-4-5@20250929, 3",
        "anthropic/claude-sonnet-4.5, 3",
        "claude-4.5-sonnet-thinking, 3",
        "claude-sonnet-4-20250514, 3",
        "claude-sonnet-4-0, 3",
        "claude-sonnet-4-6, 3",
        "claude-opus-4-20250514, 15",
        "claude-opus-4-1-20250805, 15",
        "claude-opus-4-5-20251101, 5",
        "global.anthropic.claude-opus-4-6-v1, 5",
        "claude-opus-4-7, 5",
        "claude-opus-4-7-thinking-xhigh, 5",
        "claude-haiku-4-5-20251001, 1",
        "claude-opus-5-5, 4",
        "claude-fable-5-1, 10",
        "gpt-5, 1.25",
        "gpt-5-2025-08-07, 1.25",
        "gpt-5-mini, 0.25",
        "gpt-5-mini-2025-08-07, 0.25",
        "openai/gpt-5.3-codex, 1.75",
        "models/gemini-2.5-flash, 0.30",
        "gemini-3-flash-preview, 0.50",
        "openrouter/google/gemini-3.5-flash, 1.50"
    })
    void aModelIsKnownByTheNamesThatItIsCalledBy(String name, double usdPerMillion) {
        TokenCounts thousand = new TokenCounts(1_000, 0, 0, 0, 0);

        assertThat(TABLE.cost(name, thousand, null, NOW))
                .isEqualTo(new Cost(Math.round(usdPerMillion * 1_000_000_000L), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sonnet",
                "claude",
                "claude-sonnet-4-5-foo",
                "claude-sonnet-4-5-",
                "claude-sonnet-4-50",
                "claude-sonnet-4-5-20251399",
                "claude-sonnet-4-5-20250929-foo",
                "claude-sonnet-4-5@",
                "claude-sonnet-4-5[2m]",
                "Claude-Sonnet-4-5",
                "claude-opus-4-9",
                "claude-opus-4-8-fast",
                "models/claude-sonnet-4-5",
                "xx.anthropic.claude-sonnet-4-5",
                "us.anthropic.",
                "gpt-5-nano",
                "gpt-5-codex",
                "gpt-5.4-nano",
                "gpt-5-thinking",
                "gpt-6",
                "gemini-2.5-flash-lite",
                "gemini-2.5-flash-image",
                "<synthetic>",
                "cursor-auto"
            })
    void anyOtherNameIsUnpriced(String name) {
        assertThat(TABLE.cost(name, new TokenCounts(1, 2, 3, 4, 5), null, NOW)).isEqualTo(new Cost(0, 15));
    }

    @Test
    void noModelIsUnpriced() {
        assertThat(TABLE.cost(null, new TokenCounts(4_000, 1_200, 0, 0, 0), null, NOW))
                .isEqualTo(new Cost(0, 5_200));
    }

    @Test
    void tokensOfAKindWithoutAPriceAreUnpricedBesideTheOthers() {
        assertThat(TABLE.cost("gpt-6-astra", new TokenCounts(1, 1, 1, 7, 5), null, NOW))
                .isEqualTo(new Cost(61_000_000, 12));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-5-5, 2026-10-06T23:59:59.999Z, 0.20",
        "claude-sonnet-5-5, 2026-10-07T00:00:00Z, 0.10",
        "gpt-5.6-sol, 2026-08-20T23:59:59.999Z, 0.50",
        "gpt-5.6-sol, 2026-08-21T00:00:00Z, 0.40",
        "gpt-5.6-sol, 2026-11-21T23:59:59.999Z, 0.40",
        "gpt-5.6-sol, 2026-11-22T00:00:00Z, 0.50",
        "gemini-3.8-flash, 2026-12-31T23:59:59.999Z, 0.075",
        "gemini-3.8-flash, 2027-01-01T00:00:00Z, 0.15",
        "claude-fable-5, 2026-11-01T00:00:00Z, 1.00",
        "claude-fable-5-1, 2026-11-01T00:00:00Z, 0.25"
    })
    void thePriceOfTheDayHolds(String model, Instant time, double usdPerMillionRead) {
        assertThat(TABLE.cost(model, new TokenCounts(0, 0, 1_000, 0, 0), null, time.toEpochMilli()))
                .isEqualTo(new Cost(Math.round(usdPerMillionRead * 1_000_000_000L), 0));
    }

    @Test
    void aModelBeforeItsFirstDayIsUnpriced() {
        assertThat(TABLE.cost("claude-haiku-5-5", MILLION_IN, null, millis("2026-10-07") - 1))
                .isEqualTo(new Cost(0, 1_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-haiku-5-5, 100000, 0.01, 0.05",
        "gpt-5.4, 272000, 0.25, 0.50",
        "gemini-3.1-pro, 200000, 0.20, 0.40",
        "gemini-2.5-pro, 200000, 0.125, 0.25"
    })
    void aLongPromptMovesTheWholeRequest(String model, long longest, double upTo, double beyond) {
        long later = millis("2026-12-01");

        assertThat(TABLE.cost(model, new TokenCounts(0, 0, longest, 0, 0), null, later))
                .isEqualTo(new Cost(Math.round(upTo * 1_000_000) * longest, 0));
        assertThat(TABLE.cost(model, new TokenCounts(0, 0, longest + 1, 0, 0), null, later))
                .isEqualTo(new Cost(Math.round(beyond * 1_000_000) * (longest + 1), 0));
    }

    @Test
    void outputIsNoPartOfThePrompt() {
        assertThat(TABLE.cost("gemini-2.5-pro", new TokenCounts(200_000, 200_000, 0, 0, 0), null, NOW))
                .isEqualTo(new Cost(200_000 * (1_250_000L + 10_000_000), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-opus-5-5, , 4",
        "claude-opus-5-5, standard, 4",
        "claude-opus-5-5, normal, 4",
        "claude-opus-5-5, default, 4",
        "claude-opus-5-5, fast, 8",
        "claude-opus-5-5, batch, 2",
        "claude-sonnet-4-5, batch, 1.5",
        "gpt-5, fast, 2.5",
        "gpt-5, flex, 0.625"
    })
    void aSpeedMultipliesThePrice(String model, @Nullable String speed, double usdPerMillion) {
        assertThat(TABLE.cost(model, MILLION_IN, speed, NOW).picoUsd())
                .isEqualTo(Math.round(usdPerMillion * 1_000_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource({"claude-sonnet-4-5, fast", "gpt-5, priority", "gemini-2.5-flash, batch", "claude-opus-5-5, FAST"})
    void aSpeedWithoutAMultiplierIsUnpriced(String model, String speed) {
        assertThat(TABLE.cost(model, MILLION_IN, speed, NOW)).isEqualTo(new Cost(0, 1_000_000));
    }

    @Test
    void noCostTurnsOver() {
        TokenCounts endless =
                new TokenCounts(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(TABLE.cost("claude-opus-4-7", endless, null, NOW)).isEqualTo(new Cost(Long.MAX_VALUE, 0));
        assertThat(TABLE.cost("none", endless, null, NOW)).isEqualTo(new Cost(0, Long.MAX_VALUE));
    }

    @Test
    void manyNamesNeverWearTheTableOut() {
        IntStream.range(0, 5_000).forEach(n -> TABLE.cost("model-" + n, MILLION_IN, null, NOW));

        assertThat(TABLE.cost("claude-opus-4-7", MILLION_IN, null, NOW)).isEqualTo(new Cost(5_000_000_000_000L, 0));
        assertThat(TABLE.rememberedNames()).isLessThanOrEqualTo(1_024);
    }

    private static long millis(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
