/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.Dimension;
import dev.muster.streams.price.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was spent.
 *
 * @param total all of it
 * @param byAgent by agent, the most first
 * @param byModel by model, the most first
 * @param byDay by day, the latest first
 * @param byDimension by the sessions' value of each dimension, the most first; sessions without one are not among them
 */
public record SpendView(
        Row total, List<Row> byAgent, List<Row> byModel, List<Row> byDay, Map<Dimension, List<Row>> byDimension) {

    /**
     * A share of it.
     *
     * @param key the agent's id, the model, the day or the dimension's value; empty for all
     * @param name how it is called
     * @param requests model requests
     * @param tokens the tokens used
     * @param costUsd the priced tokens' cost in USD; empty when there are tokens and none is priced
     * @param unpricedTokens the tokens that the cost leaves out
     */
    public record Row(
            String key, String name, long requests, TokenCounts tokens, OptionalDouble costUsd, long unpricedTokens) {}
}
