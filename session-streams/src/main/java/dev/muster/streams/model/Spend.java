/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;

/** Tokens and what they cost, summed. */
public final class Spend {

    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite5m;
    private long cacheWrite1h;
    private long picoUsd;
    private long unpricedTokens;

    void add(TokenCounts more, Cost cost, int sign) {
        input += sign * more.input();
        output += sign * more.output();
        cacheRead += sign * more.cacheRead();
        cacheWrite5m += sign * more.cacheWrite5m();
        cacheWrite1h += sign * more.cacheWrite1h();
        picoUsd += sign * cost.picoUsd();
        unpricedTokens += sign * cost.unpricedTokens();
    }

    /** Adds another. */
    public void add(Spend other) {
        add(other.tokens(), new Cost(other.picoUsd, other.unpricedTokens), 1);
    }

    /** The tokens. */
    public TokenCounts tokens() {
        return new TokenCounts(input, output, cacheRead, cacheWrite5m, cacheWrite1h);
    }

    /** The priced tokens' cost in 1e-12 USD. */
    public long picoUsd() {
        return picoUsd;
    }

    /** The tokens that the cost leaves out. */
    public long unpricedTokens() {
        return unpricedTokens;
    }

    /** Whether there are no tokens, and so no cost. */
    boolean isEmpty() {
        return picoUsd == 0 && unpricedTokens == 0 && tokens().equals(TokenCounts.NONE);
    }

    void write(StateOutput out) {
        out.number(input);
        out.number(output);
        out.number(cacheRead);
        out.number(cacheWrite5m);
        out.number(cacheWrite1h);
        out.number(picoUsd);
        out.number(unpricedTokens);
    }

    static Spend read(StateInput in) {
        Spend spend = new Spend();
        spend.input = in.number();
        spend.output = in.number();
        spend.cacheRead = in.number();
        spend.cacheWrite5m = in.number();
        spend.cacheWrite1h = in.number();
        spend.picoUsd = in.number();
        spend.unpricedTokens = in.number();
        return spend;
    }
}
