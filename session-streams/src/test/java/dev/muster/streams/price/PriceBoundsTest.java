/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what a price file may say begins and ends, and what tokens add up to. */
class PriceBoundsTest {

    private static final TokenCounts ONE_IN = new TokenCounts(1, 0, 0, 0, 0);

    @ParameterizedTest
    @ValueSource(strings = {"input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"})
    void everyKindsPriceIsFromNothingToAMillion(String kind) {
        assertThat(priced(kind, "0")).isEqualTo(new Cost(0, 4));
        assertThat(priced(kind, "1000000")).isEqualTo(new Cost(1_000_000_000_000L, 4));
        assertThatThrownBy(() -> priced(kind, "-0.000001")).hasMessageContaining("a price is not from 0");
        assertThatThrownBy(() -> priced(kind, "1000000.000001")).hasMessageContaining("a price is not from 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void aMultiplierIsAboveNothing(String multiplier) {
        String speeds = "{\"fast\": " + multiplier + "}";

        assertThatThrownBy(() -> table(row("\"speeds\": " + speeds)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the multiplier of fast is not above 0");
        assertThatThrownBy(() -> table("{\"families\": {\"f\": {\"speeds\": " + speeds + "}}}"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the multiplier of fast is not above 0");
    }

    @Test
    void aTierBeginsBeyondAtLeastOneToken() {
        PriceTable table = table(row("\"tiers\": [{\"promptOver\": 1, \"usdPerMillion\": {\"input\": 8}}]"));

        assertThat(table.cost("a", ONE_IN, null, 0)).isEqualTo(new Cost(4_000_000, 0));
        assertThat(table.cost("a", new TokenCounts(2, 0, 0, 0, 0), null, 0)).isEqualTo(new Cost(16_000_000, 0));
        assertThatThrownBy(() -> table(row("\"tiers\": [{\"promptOver\": 0, \"usdPerMillion\": {\"input\": 8}}]")))
                .hasMessageContaining("promptOver is not above 0");
        assertThatThrownBy(() -> table(row("\"tiers\": [{\"promptOver\": 1}]")))
                .hasMessageContaining("usdPerMillion is missing");
    }

    @Test
    void theLongestTierThatFitsHoldsInWhateverOrderTheyStand() {
        String ten = "{\"promptOver\": 10, \"usdPerMillion\": {\"input\": 8}}";
        String hundred = "{\"promptOver\": 100, \"usdPerMillion\": {\"input\": 16}}";

        for (String tiers : new String[] {ten + "," + hundred, hundred + "," + ten}) {
            PriceTable table = table(row("\"tiers\": [" + tiers + "]"));
            assertThat(costOf(table, 10)).isEqualTo(10 * 4_000_000L);
            assertThat(costOf(table, 11)).isEqualTo(11 * 8_000_000L);
            assertThat(costOf(table, 100)).isEqualTo(100 * 8_000_000L);
            assertThat(costOf(table, 101)).isEqualTo(101 * 16_000_000L);
        }
    }

    @Test
    void everyKindButTheOutputMakesThePrompt() {
        PriceTable table = table(row("\"tiers\": [{\"promptOver\": 3, \"usdPerMillion\": {\"input\": 8}}]"));

        assertThat(table.cost("a", new TokenCounts(1, 9, 1, 1, 0), null, 0).picoUsd())
                .isEqualTo(4_000_000);
        assertThat(table.cost("a", new TokenCounts(1, 0, 1, 1, 1), null, 0).picoUsd())
                .isEqualTo(8_000_000);
    }

    @Test
    void aPriceMayHoldForOneDay() {
        PriceTable table = table(row("\"from\": \"1970-01-02\", \"to\": \"1970-01-02\""));
        long day = 86_400_000;

        assertThat(table.cost("a", ONE_IN, null, day - 1)).isEqualTo(new Cost(0, 1));
        assertThat(table.cost("a", ONE_IN, null, day)).isEqualTo(new Cost(4_000_000, 0));
        assertThat(table.cost("a", ONE_IN, null, 2 * day - 1)).isEqualTo(new Cost(4_000_000, 0));
        assertThat(table.cost("a", ONE_IN, null, 2 * day)).isEqualTo(new Cost(0, 1));
    }

    @Test
    void ofPeriodsThatOverlapTheOneThatBeganLastHolds() {
        PriceTable table = table("""
                {"rows": [
                  {"id": "a", "from": "1970-01-01", "usdPerMillion": {"input": 1}, "source": "s"},
                  {"id": "a", "from": "1970-01-03", "usdPerMillion": {"input": 3}, "source": "s"},
                  {"id": "a", "from": "1970-01-02", "usdPerMillion": {"input": 2}, "source": "s"}]}""");

        assertThat(IntStream.range(0, 4)
                        .mapToLong(day ->
                                table.cost("a", ONE_IN, null, day * 86_400_000L).picoUsd()))
                .containsExactly(1_000_000L, 2_000_000L, 3_000_000L, 3_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"'\"prefixes\": [\"\"]'", "'\"suffixes\": [\"\"]'"})
    void aPrefixOrSuffixHasAtLeastACharacter(String family) {
        assertThatThrownBy(() -> table("{\"families\": {\"f\": {" + family + "}}}"))
                .hasMessageContaining("a prefix or suffix is empty");
    }

    @Test
    void aNameHasAtLeastACharacter() {
        assertThatThrownBy(() -> table(row("\"aliases\": [\"\"]"))).hasMessageContaining("an alias is empty");
        String nameless = "{\"rows\": [{\"id\": \"\", \"usdPerMillion\": {\"input\": 4}, \"source\": \"s\"}]}";
        assertThatThrownBy(() -> table(nameless)).hasMessageContaining("id is missing");
    }

    @Test
    void aNameIsRememberedOnceAndATooLongOneNever() {
        PriceTable table = table(row("\"aliases\": [\"b\"]"));

        table.cost("x".repeat(200), ONE_IN, null, 0);
        assertThat(table.rememberedNames()).isEqualTo(1);
        table.cost("x".repeat(201), ONE_IN, null, 0);
        table.cost("x".repeat(200), ONE_IN, null, 0);
        assertThat(table.rememberedNames()).isEqualTo(1);
    }

    @Test
    void tokensAddUpAndTakeOffKindByKind() {
        TokenCounts tokens = new TokenCounts(1, 20, 300, 4_000, 50_000);
        TokenCounts others = new TokenCounts(7, 70, 700, 7_000, 70_000);

        assertThat(tokens.total()).isEqualTo(54_321);
        assertThat(TokenCounts.NONE.total()).isZero();
        assertThat(tokens.plus(others)).isEqualTo(new TokenCounts(8, 90, 1_000, 11_000, 120_000));
        assertThat(tokens.plus(others).minus(others)).isEqualTo(tokens);
        assertThat(TokenCounts.NONE.minus(tokens)).isEqualTo(new TokenCounts(-1, -20, -300, -4_000, -50_000));
    }

    private static Cost priced(String kind, String price) {
        return table("{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"" + kind + "\": " + price
                        + "}, \"source\": \"s\"}]}")
                .cost("a", new TokenCounts(1, 1, 1, 1, 1), null, 0);
    }

    private static long costOf(PriceTable table, long input) {
        return table.cost("a", new TokenCounts(input, 0, 0, 0, 0), null, 0).picoUsd();
    }

    /** A file with one model, whose input costs four dollars. */
    private static String row(String more) {
        return "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"input\": 4}, \"source\": \"s\", " + more + "}]}";
    }

    private static PriceTable table(String json) {
        return new PriceTableBuilder()
                .add(PriceFiles.parse(json.getBytes(StandardCharsets.UTF_8), "prices.json"), "prices.json")
                .build("1");
    }
}
