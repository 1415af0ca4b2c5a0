/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

/**
 * Tokens by kind; {@code input} is without what came from a cache, a cache write without a split is a 5-minute one.
 */
public record TokenCounts(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {

    /** No tokens. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, 0);

    /** The sum of the five kinds. */
    public long total() {
        return input + output + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    /** Both together, kind by kind. */
    public TokenCounts plus(TokenCounts other) {
        return new TokenCounts(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h);
    }

    /** The difference, kind by kind. */
    public TokenCounts minus(TokenCounts other) {
        return new TokenCounts(
                input - other.input,
                output - other.output,
                cacheRead - other.cacheRead,
                cacheWrite5m - other.cacheWrite5m,
                cacheWrite1h - other.cacheWrite1h);
    }
}
