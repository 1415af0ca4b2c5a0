/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.price.TokenCounts;
import java.util.OptionalDouble;

/**
 * One model's share.
 *
 * @param name the model as its source names it
 * @param requests how many requests
 * @param tokens the tokens used
 * @param costUsd the priced tokens' cost in USD; empty when there are tokens and none is priced
 * @param unpricedTokens the tokens that the cost leaves out
 */
public record ModelView(String name, long requests, TokenCounts tokens, OptionalDouble costUsd, long unpricedTokens) {}
