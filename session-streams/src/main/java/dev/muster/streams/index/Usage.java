/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.streams.model.ModelTable;
import dev.muster.streams.price.TokenCounts;
import java.util.Arrays;

/** Requests, tokens and their cost: the columns of what was used, as plain numbers that are used again. */
public final class Usage {

    /** How many numbers there are. */
    static final int COLUMNS = 8;

    final long[] columns = new long[COLUMNS];

    void set(ModelTable.Share share) {
        TokenCounts tokens = share.spend().tokens();
        columns[0] = share.requests();
        columns[1] = tokens.input();
        columns[2] = tokens.output();
        columns[3] = tokens.cacheRead();
        columns[4] = tokens.cacheWrite5m();
        columns[5] = tokens.cacheWrite1h();
        columns[6] = share.spend().picoUsd();
        columns[7] = share.spend().unpricedTokens();
    }

    /** Becomes nothing. */
    public void clear() {
        Arrays.fill(columns, 0);
    }

    /** Adds another. */
    public void add(Usage other) {
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] += other.columns[i];
        }
    }

    /** Whether nothing was asked or used. */
    public boolean isNothing() {
        return requests() == 0 && tokens().total() == 0;
    }

    /** Requests. */
    public long requests() {
        return columns[0];
    }

    /** Tokens by kind. */
    public TokenCounts tokens() {
        return new TokenCounts(columns[1], columns[2], columns[3], columns[4], columns[5]);
    }

    /** The priced tokens' cost in 1e-12 USD. */
    public long picoUsd() {
        return columns[6];
    }

    /** The tokens that the cost leaves out. */
    public long unpricedTokens() {
        return columns[7];
    }
}
