/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.price.TokenCounts;
import org.jspecify.annotations.Nullable;

/** What a model request's tokens cost. */
@FunctionalInterface
public interface Pricing {

    /**
     * Prices one request.
     *
     * @param model the model as the source names it
     * @param tokens what it used
     * @param speed the speed or service tier, null for the standard one
     * @param time when, epoch milliseconds
     */
    Cost cost(@Nullable String model, TokenCounts tokens, @Nullable String speed, long time);

    /**
     * How many tokens a model takes with one request; 0 where that is not known.
     *
     * @param model the model as the source names it
     * @param time when, epoch milliseconds
     */
    default long contextWindow(@Nullable String model, long time) {
        return 0;
    }

    /** A price table's prices. */
    static Pricing of(PriceTable prices) {
        return new Pricing() {
            @Override
            public Cost cost(@Nullable String model, TokenCounts tokens, @Nullable String speed, long time) {
                return prices.cost(model, tokens, speed, time);
            }

            @Override
            public long contextWindow(@Nullable String model, long time) {
                return prices.contextWindow(model, time);
            }
        };
    }
}
