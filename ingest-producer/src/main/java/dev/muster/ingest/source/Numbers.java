/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Rounds and checks JSON numbers of any size. */
public final class Numbers {

    private Numbers() {}

    /** The nearest whole number, half up; beyond a long's bounds, the bound. */
    public static long rounded(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong()
                ? number.longValue()
                : Math.round(number.doubleValue());
    }

    /** Whether the number is whole, however it is written: 12 and 12.0 are. */
    public static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() || number.doubleValue() == Math.rint(number.doubleValue());
    }
}
