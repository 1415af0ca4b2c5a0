/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model's prices over a period, ready to be reckoned with.
 *
 * @param startMillis the first moment, epoch milliseconds
 * @param endMillis the first moment after it
 * @param contextWindow how many tokens the model takes with one request; 0 where that is not known
 * @param tiersBySpeed the tiers, the longest prompts' first, by speed
 */
record PricePeriod(long startMillis, long endMillis, long contextWindow, Map<String, List<Tier>> tiersBySpeed) {

    private static final String STANDARD = "standard";

    /** What sources call the speed that costs the plain price. */
    private static final Set<String> STANDARD_NAMES = Set.of(STANDARD, "default", "normal");

    /** The rates of prompts of more than so many tokens. */
    record Tier(long promptOver, Rates rates) {}

    /**
     * Multiplies a row's prices out.
     *
     * @throws ArithmeticException if a price is no whole number of pico-dollars a token
     */
    static PricePeriod of(PriceFile.Row row, Map<String, BigDecimal> familySpeeds) {
        Map<String, BigDecimal> speeds = new HashMap<>(familySpeeds);
        speeds.putAll(row.speeds());
        speeds.put(STANDARD, BigDecimal.ONE);
        return new PricePeriod(
                row.startMillis(),
                row.endMillis(),
                row.contextWindow() == null ? 0 : row.contextWindow(),
                speeds.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, speed -> tiers(row, speed.getValue()))));
    }

    boolean holdsAt(long timeMillis) {
        return startMillis <= timeMillis && timeMillis < endMillis;
    }

    /** The rates of a request; none are known for a speed that has no multiplier. */
    Rates rates(@Nullable String speed, long promptTokens) {
        String name = speed == null || STANDARD_NAMES.contains(speed) ? STANDARD : speed;
        for (Tier tier : tiersBySpeed.getOrDefault(name, List.of())) {
            if (promptTokens > tier.promptOver()) {
                return tier.rates();
            }
        }
        return Rates.NONE;
    }

    private static List<Tier> tiers(PriceFile.Row row, BigDecimal multiplier) {
        Stream<Tier> longer = row.tiers().stream()
                .map(tier -> new Tier(tier.promptOver(), Rates.of(tier.usdPerMillion(), multiplier)));
        Tier shortest = new Tier(-1, Rates.of(row.usdPerMillion(), multiplier));
        return Stream.concat(longer, Stream.of(shortest))
                .sorted(Comparator.comparingLong(Tier::promptOver).reversed())
                .toList();
    }
}
