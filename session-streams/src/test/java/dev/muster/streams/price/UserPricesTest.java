/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserPricesTest {

    private static final long NOW = Instant.parse("2026-09-23T12:00:00Z").toEpochMilli();
    private static final TokenCounts ONE_OF_EACH = new TokenCounts(1, 1, 1, 1, 1);

    private final Path folder;

    UserPricesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aRowTakesThePlaceOfTheSameModelAndDay() throws IOException {
        PriceTable table = table("""
                {"rows": [
                  {"id": "claude-opus-4-7", "usdPerMillion": {"input": 1, "output": 2, "cacheRead": 0.001}, "source": "our contract"},
                  {"id": "claude-sonnet-5-5", "from": "2026-10-07", "usdPerMillion": {"input": 7}, "source": "our contract"}
                ]}
                """);

        assertThat(table.cost("us.anthropic.claude-opus-4.7", ONE_OF_EACH, null, NOW))
                .isEqualTo(new Cost(3_001_000, 2));
        assertThat(table.cost("claude-opus-4-7", new TokenCounts(2, 0, 0, 0, 0), "batch", NOW))
                .isEqualTo(new Cost(1_000_000, 0));
        assertThat(table.cost("claude-sonnet-5-5", new TokenCounts(1, 0, 0, 0, 0), null, NOW))
                .isEqualTo(new Cost(2_000_000, 0));
        assertThat(table.cost("claude-sonnet-5-5", new TokenCounts(1, 0, 0, 0, 0), null, day("2026-10-07")))
                .isEqualTo(new Cost(7_000_000, 0));
    }

    @Test
    void aRowOfAnotherDayStandsBesideTheShippedOnes() throws IOException {
        PriceTable table = table("""
                {"rows": [{"id": "claude-opus-4-7", "from": "2026-06-01", "to": "2026-06-30",
                           "usdPerMillion": {"input": 1}, "source": "a month's discount"}]}
                """);
        TokenCounts input = new TokenCounts(1, 0, 0, 0, 0);

        assertThat(table.cost("claude-opus-4-7", input, null, day("2026-06-01") - 1))
                .isEqualTo(new Cost(5_000_000, 0));
        assertThat(table.cost("claude-opus-4-7", input, null, day("2026-06-01")))
                .isEqualTo(new Cost(1_000_000, 0));
        assertThat(table.cost("claude-opus-4-7", input, null, day("2026-07-01") - 1))
                .isEqualTo(new Cost(1_000_000, 0));
        assertThat(table.cost("claude-opus-4-7", input, null, day("2026-07-01")))
                .isEqualTo(new Cost(5_000_000, 0));
    }

    @Test
    void aModelOfTheUsersOwnHasItsOwnRules() throws IOException {
        PriceTable table = table("""
                {"families": {"ours": {"prefixes": ["gw/"], "suffixes": ["-beta"], "speeds": {"slow": 0.25}}},
                 "rows": [
                   {"id": "house-1", "aliases": ["house"], "family": "ours", "usdPerMillion": {"input": 4},
                    "tiers": [{"promptOver": 10, "usdPerMillion": {"input": 8}}], "speeds": {"fast": 3}, "source": "us"},
                   {"id": "alone", "usdPerMillion": {"input": 4}, "source": "us"}
                ]}
                """);

        assertThat(table.cost("gw/house-beta", new TokenCounts(10, 0, 0, 0, 0), "slow", NOW))
                .isEqualTo(new Cost(10_000_000, 0));
        assertThat(table.cost("house-1@eu", new TokenCounts(11, 0, 0, 0, 0), "fast", NOW))
                .isEqualTo(new Cost(11 * 24_000_000, 0));
        assertThat(table.cost("alone-2026-01-01", new TokenCounts(1, 0, 0, 0, 0), null, NOW))
                .isEqualTo(new Cost(4_000_000, 0));
        assertThat(table.cost("gw/alone", new TokenCounts(1, 0, 0, 0, 0), null, NOW))
                .isEqualTo(new Cost(0, 1));
        assertThat(table.cost("alone", new TokenCounts(1, 0, 0, 0, 0), "slow", NOW))
                .isEqualTo(new Cost(0, 1));
    }

    @Test
    void theVersionTellsAnotherFile() throws IOException {
        String shipped = PriceTable.shipped().version();
        String one = table("{\"rows\": []}").version();
        String other = table("{\"rows\": [] }").version();

        assertThat(one).startsWith(shipped + "+").hasSize(shipped.length() + 9);
        assertThat(other).startsWith(shipped + "+").isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rows\": [ | rows: line 1 is no JSON",
                "null | it is empty",
                "{\"rows\": [null]} | rows[0]: the value is not of the kind that belongs there",
                "[] | the value is not of the kind that belongs there",
                "{} trailing | line 1 is no JSON",
                "{\"row\": []} | row: this is no field of a price file",
                "{\"rows\": [{}]} | rows[0]: id is missing",
                "{\"rows\": [{\"id\": \"a\"}]} | rows[0]: usdPerMillion is missing",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}}]} | rows[0]: source is missing: say where the prices were read",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"inptu\": 1}}]} | rows[0].usdPerMillion.inptu: this is no field of a price file",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"input\": \"dear\"}}]} | rows[0].usdPerMillion.input: the value is not of the kind that belongs there",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"input\": -1}}]} | rows[0].usdPerMillion: a price is not from 0 to 1000000 USD per million tokens",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\", \"from\": \"7 October\"}]} | rows[0]: «7 October» is no date such as 2026-10-07",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\", \"from\": \"2026-10-07\", \"to\": \"2026-10-06\"}]} | rows[0]: to is before from",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\", \"speeds\": {\"fast\": 0}}]} | rows[0]: the multiplier of fast is not above 0",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\", \"family\": \"x\"}]} | a is of the family «x», which is not described",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {\"input\": 0.0000001}, \"source\": \"\"}]} | a has a price that is no whole number of pico-dollars a token at every speed",
                "{\"rows\": [{\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\"}, {\"id\": \"a\", \"usdPerMillion\": {}, \"source\": \"\"}]} | a is there twice",
                "{\"rows\": [{\"id\": \"a\", \"aliases\": [\"b\"], \"usdPerMillion\": {}, \"source\": \"\"}, {\"id\": \"b\", \"usdPerMillion\": {}, \"source\": \"\"}]} | «b» is a name of a and of b"
            })
    void aBadFileIsRefusedInOneSentence(String json, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("prices.json"), json);

        assertThatThrownBy(() -> PriceTable.shippedWith(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The price file " + file + " cannot be used: " + reason + ".");
    }

    @Test
    void aMissingFileIsRefusedInOneSentence() {
        Path file = folder.resolve("none.json");

        assertThatThrownBy(() -> PriceTable.shippedWith(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The price file " + file + " cannot be used: it cannot be read.");
    }

    private PriceTable table(String json) throws IOException {
        return PriceTable.shippedWith(Files.writeString(folder.resolve("prices.json"), json));
    }

    private static long day(String date) {
        return Instant.parse(date + "T00:00:00Z").toEpochMilli();
    }
}
