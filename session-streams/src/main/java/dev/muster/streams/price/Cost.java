/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

/**
 * What tokens cost.
 *
 * @param picoUsd the priced tokens' cost in 1e-12 USD
 * @param unpricedTokens the tokens that no price is known for: they are in no sum
 */
public record Cost(long picoUsd, long unpricedTokens) {}
