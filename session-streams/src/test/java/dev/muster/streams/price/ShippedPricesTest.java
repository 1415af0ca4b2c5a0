/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedPricesTest {

    private static final long READ_AT = Instant.parse("2026-09-23T00:00:00Z").toEpochMilli();

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowPricesInputOutputAndCacheReadsByEachOfItsNames(PriceFile.Row row) {
        PriceTable table = PriceTable.shipped();
        long firstDay = Math.max(row.startMillis(), Instant.EPOCH.toEpochMilli());

        for (String name : row.names()) {
            Cost cost = table.cost(name, new TokenCounts(1, 1, 1, 0, 0), null, firstDay);
            assertThat(cost.unpricedTokens()).as(name).isZero();
            assertThat(cost.picoUsd()).as(name).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowOfTheFutureSaysThatItsSourceIsSecondary(PriceFile.Row row) {
        assertThat(row.source().startsWith("secondary")).isEqualTo(row.startMillis() > READ_AT);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aLongerPromptIsNeverCheaper(PriceFile.Row row) {
        for (PriceFile.Tier tier : row.tiers()) {
            assertThat(tier.usdPerMillion().input())
                    .isGreaterThan(Objects.requireNonNull(row.usdPerMillion().input()));
            assertThat(tier.usdPerMillion().output())
                    .isGreaterThan(Objects.requireNonNull(row.usdPerMillion().output()));
        }
    }

    private static List<PriceFile.Row> rows() throws IOException {
        try (InputStream json = Objects.requireNonNull(PriceTable.class.getResourceAsStream("prices.json"))) {
            return PriceFiles.parse(json.readAllBytes(), "prices.json").rows();
        }
    }
}
