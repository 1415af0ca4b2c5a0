/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of prices, as it is written. Every constructor here refuses, in words that continue «… cannot be used:», what
 * would be priced wrongly.
 *
 * @param version names the state of the prices
 * @param families what the models of one maker share, by name
 * @param rows the prices of a model over a period
 */
record PriceFile(@Nullable String version, Map<String, Family> families, List<Row> rows) {

    PriceFile {
        Set<String> periods = new HashSet<>();
        Map<String, String> owners = new HashMap<>();
        for (Row row : rows) {
            require(periods.add(row.period()), row.period() + " is there twice");
            for (String name : row.names()) {
                String owner = owners.putIfAbsent(name, row.id());
                require(
                        owner == null || owner.equals(row.id()),
                        "«" + name + "» is a name of " + owner + " and of " + row.id());
            }
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void requireMultipliers(Map<String, BigDecimal> speeds) {
        speeds.forEach((speed, multiplier) ->
                require(multiplier.signum() > 0, "the multiplier of " + speed + " is not above 0"));
    }

    /**
     * What the models of one maker share.
     *
     * @param prefixes what regions, clouds and gateways put before a model's name
     * @param suffixes what may follow it without changing the price
     * @param speeds the price's multiplier by speed or service tier
     */
    record Family(List<String> prefixes, List<String> suffixes, Map<String, BigDecimal> speeds) {

        Family {
            require(!prefixes.contains("") && !suffixes.contains(""), "a prefix or suffix is empty");
            requireMultipliers(speeds);
        }
    }

    /**
     * The prices of a model over a period.
     *
     * @param id the model
     * @param aliases its other names
     * @param family what it shares with others
     * @param from the first day, UTC; always, if absent
     * @param to the last day, UTC; none, if absent
     * @param contextWindow how many tokens the model takes with one request; absent where that is not known
     * @param usdPerMillion the prices of the shortest prompts
     * @param tiers the prices of longer ones
     * @param speeds multipliers beside and before the family's
     * @param source where the prices were read
     */
    record Row(
            String id,
            List<String> aliases,
            @Nullable String family,
            @Nullable String from,
            @Nullable String to,
            @Nullable Long contextWindow,
            Prices usdPerMillion,
            List<Tier> tiers,
            Map<String, BigDecimal> speeds,
            String source) {

        Row {
            require(id != null && !id.isEmpty(), "id is missing");
            require(!aliases.contains(""), "an alias is empty");
            require(usdPerMillion != null, "usdPerMillion is missing");
            require(contextWindow == null || contextWindow > 0, "contextWindow is not above 0");
            require(source != null, "source is missing: say where the prices were read");
            require(day(from, Long.MIN_VALUE, 0) < day(to, Long.MAX_VALUE, 1), "to is before from");
            requireMultipliers(speeds);
        }

        List<String> names() {
            List<String> names = new ArrayList<>(aliases);
            names.add(id);
            return names;
        }

        /** What a row of another file must match to take this one's place. */
        String period() {
            return from == null ? id : id + " from " + from;
        }

        /** The first moment of the period, epoch milliseconds. */
        long startMillis() {
            return day(from, Long.MIN_VALUE, 0);
        }

        /** The first moment after the period, epoch milliseconds. */
        long endMillis() {
            return day(to, Long.MAX_VALUE, 1);
        }

        private static long day(@Nullable String date, long otherwise, int plusDays) {
            if (date == null) {
                return otherwise;
            }
            try {
                return LocalDate.parse(date)
                        .plusDays(plusDays)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException("«" + date + "» is no date such as 2026-10-07", e);
            }
        }
    }

    /**
     * Prices for longer prompts: the whole request moves.
     *
     * @param promptOver the greatest prompt that is not concerned, in tokens, cached ones among them
     * @param usdPerMillion the prices
     */
    record Tier(long promptOver, Prices usdPerMillion) {

        Tier {
            require(promptOver > 0, "promptOver is not above 0");
            require(usdPerMillion != null, "usdPerMillion is missing");
        }
    }

    /** Dollars per million tokens by kind; absent where no price is known. */
    record Prices(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cacheRead,
            @Nullable BigDecimal cacheWrite5m,
            @Nullable BigDecimal cacheWrite1h) {

        /** The dearest price that is believed. */
        private static final BigDecimal MAX_RATE = BigDecimal.valueOf(1_000_000);

        Prices {
            requirePrice(input);
            requirePrice(output);
            requirePrice(cacheRead);
            requirePrice(cacheWrite5m);
            requirePrice(cacheWrite1h);
        }

        private static void requirePrice(@Nullable BigDecimal price) {
            require(
                    price == null || (price.signum() >= 0 && price.compareTo(MAX_RATE) <= 0),
                    "a price is not from 0 to " + MAX_RATE + " USD per million tokens");
        }
    }
}
