/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
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
}
