/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;

/** Tokens and what they cost, summed. */
public final class Spend {

    private TokenCounts tokens = TokenCounts.NONE;
    private long picoUsd;
    private long unpricedTokens;

    void add(TokenCounts more, Cost cost, int sign) {
        tokens = sign > 0 ? tokens.plus(more) : tokens.minus(more);
        picoUsd += sign * cost.picoUsd();
        unpricedTokens += sign * cost.unpricedTokens();
    }

    void add(Spend other) {
        tokens = tokens.plus(other.tokens);
        picoUsd += other.picoUsd;
        unpricedTokens += other.unpricedTokens;
    }

    /** The tokens. */
    public TokenCounts tokens() {
        return tokens;
    }

    /** The priced tokens' cost in 1e-12 USD. */
    public long picoUsd() {
        return picoUsd;
    }

    /** The tokens that the cost leaves out. */
    public long unpricedTokens() {
        return unpricedTokens;
    }

    void write(StateOutput out) {
        out.number(tokens.input());
        out.number(tokens.output());
        out.number(tokens.cacheRead());
        out.number(tokens.cacheWrite5m());
        out.number(tokens.cacheWrite1h());
        out.number(picoUsd);
        out.number(unpricedTokens);
    }

    static Spend read(StateInput in) {
        Spend spend = new Spend();
        spend.tokens = new TokenCounts(in.number(), in.number(), in.number(), in.number(), in.number());
        spend.picoUsd = in.number();
        spend.unpricedTokens = in.number();
        return spend;
    }
}
