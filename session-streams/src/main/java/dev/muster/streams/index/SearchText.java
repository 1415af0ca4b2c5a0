/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text that is looked for in others, upper and lower case being the same. It has a signature, a bit for each three bytes in a
 * row: a text in which it stands has all of its bits.
 */
public final class SearchText {

    private static final int GRAM = 3;
    private static final int SPREAD = 0x9E3779B1;
    private static final int BIT_SHIFT = 26;

    private final String lower;
    private final byte[] bytes;
    private final long signature;

    /** Prepares to look for a text. */
    public SearchText(String text) {
        lower = text.toLowerCase(Locale.ROOT);
        bytes = lower.getBytes(UTF_8);
        signature = signature(bytes);
    }

    /** Whether it stands in another text; in none it does not. */
    public boolean isIn(@Nullable String whole) {
        return whole != null && whole.toLowerCase(Locale.ROOT).contains(lower);
    }

    /** Whether it can stand in a text of a signature. */
    boolean mayBeIn(long other) {
        return (signature & ~other) == 0;
    }

    /** Whether it stands in bytes of lower case. */
    boolean isIn(byte[] whole, int from, int to) {
        if (bytes.length == 0) {
            return true;
        }
        for (int at = from; at <= to - bytes.length; at++) {
            if (whole[at] == bytes[0] && Arrays.equals(whole, at, at + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }

    /** A title in the form in which it is searched. */
    static byte[] searchable(String title) {
        return title.toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }

    /** The signature of bytes of lower case. */
    static long signature(byte[] lower) {
        long bits = 0;
        for (int i = 0; i + GRAM <= lower.length; i++) {
            int gram = ((lower[i] & 0xFF) << 16) | ((lower[i + 1] & 0xFF) << 8) | (lower[i + 2] & 0xFF);
            bits |= 1L << ((gram * SPREAD) >>> BIT_SHIFT);
        }
        return bits;
    }
}
