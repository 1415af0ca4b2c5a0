/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class PricePropertiesTest {

    private static final PriceTable TABLE = PriceTable.shipped();
    private static final long NOW = millis("2026-09-23");
    private static final TokenCounts MILLION_IN = new TokenCounts(1_000_000, 0, 0, 0, 0);

    @Property
    void aDayChangesNothingButTheCacheReadsOfSonnet55(@ForAll @IntRange(max = 3_650) int day) {
        LocalDate date = LocalDate.of(2026, 1, 1).plusDays(day);
        long perToken = date.isBefore(LocalDate.of(2026, 10, 7)) ? 200_000 : 100_000;

        assertThat(TABLE.cost("claude-sonnet-5-5", new TokenCounts(1, 0, 1, 0, 0), null, millis(date.toString())))
                .isEqualTo(new Cost(2_000_000 + perToken, 0));
    }

    @Property
    void withinATierTheCostOfTokensTogetherIsTheSumOfTheirCosts(
            @ForAll @LongRange(max = 12_000) long input,
            @ForAll @LongRange(max = 1_000_000_000) long output,
            @ForAll @LongRange(max = 12_000) long read,
            @ForAll @LongRange(max = 12_000) long write,
            @ForAll @LongRange(max = 12_000) long longWrite) {
        TokenCounts a = new TokenCounts(input, output, read, write, longWrite);
        TokenCounts b = new TokenCounts(write, input, longWrite, read, output % 12_000);
        long later = millis("2026-12-01");

        for (String model : new String[] {"claude-haiku-5-5", "claude-opus-4-7", "gpt-5.4", "none"}) {
            Cost costA = TABLE.cost(model, a, null, later);
            Cost costB = TABLE.cost(model, b, null, later);
            assertThat(TABLE.cost(model, a.plus(b), null, later))
                    .isEqualTo(new Cost(
                            costA.picoUsd() + costB.picoUsd(), costA.unpricedTokens() + costB.unpricedTokens()));
        }
    }

    @Property
    void aSuffixThatNobodyDocumentedIsUnpriced(
            @ForAll @AlphaChars @StringLength(min = 1, max = 12) String word, @ForAll @IntRange(max = 3) int joint) {
        String suffix = new String[] {"-", ".", "", "-20250929-"}[joint] + word.toLowerCase(Locale.ROOT);
        Assume.that(!suffix.equals("-latest") && !suffix.endsWith("-thinking"));

        assertThat(TABLE.cost("claude-sonnet-4-5" + suffix, MILLION_IN, null, NOW))
                .isEqualTo(new Cost(0, 1_000_000));
    }

    private static long millis(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
