/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one token of each kind costs, in pico-dollars; {@link #UNKNOWN} where no price is known.
 */
record Rates(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {

    static final long UNKNOWN = -1;

    static final Rates NONE = new Rates(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);

    /** A dollar per million tokens is a micro-dollar a token: so many pico-dollars. */
    private static final BigDecimal PICO_PER_MICRO = BigDecimal.valueOf(1_000_000);

    /**
     * The prices times a multiplier, exactly.
     *
     * @throws ArithmeticException if a price is no whole number of pico-dollars a token
     */
    static Rates of(PriceFile.Prices usdPerMillion, BigDecimal multiplier) {
        return new Rates(
                pico(usdPerMillion.input(), multiplier),
                pico(usdPerMillion.output(), multiplier),
                pico(usdPerMillion.cacheRead(), multiplier),
                pico(usdPerMillion.cacheWrite5m(), multiplier),
                pico(usdPerMillion.cacheWrite1h(), multiplier));
    }

    /** What the tokens cost: no sum turns over, however many they are. */
    Cost cost(TokenCounts tokens) {
        long pico = 0;
        pico = Saturating.add(pico, priced(input, tokens.input()));
        pico = Saturating.add(pico, priced(output, tokens.output()));
        pico = Saturating.add(pico, priced(cacheRead, tokens.cacheRead()));
        pico = Saturating.add(pico, priced(cacheWrite5m, tokens.cacheWrite5m()));
        pico = Saturating.add(pico, priced(cacheWrite1h, tokens.cacheWrite1h()));
        long unpriced = 0;
        unpriced = Saturating.add(unpriced, unpriced(input, tokens.input()));
        unpriced = Saturating.add(unpriced, unpriced(output, tokens.output()));
        unpriced = Saturating.add(unpriced, unpriced(cacheRead, tokens.cacheRead()));
        unpriced = Saturating.add(unpriced, unpriced(cacheWrite5m, tokens.cacheWrite5m()));
        unpriced = Saturating.add(unpriced, unpriced(cacheWrite1h, tokens.cacheWrite1h()));
        return new Cost(pico, unpriced);
    }

    private static long priced(long rate, long tokens) {
        return rate == UNKNOWN ? 0 : Saturating.multiply(rate, tokens);
    }

    private static long unpriced(long rate, long tokens) {
        return rate == UNKNOWN ? tokens : 0;
    }

    private static long pico(@Nullable BigDecimal usdPerMillion, BigDecimal multiplier) {
        return usdPerMillion == null
                ? UNKNOWN
                : usdPerMillion.multiply(multiplier).multiply(PICO_PER_MICRO).longValueExact();
    }
}
