/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import java.util.HexFormat;

/**
 * Text from outside, made fit to be kept: bounded, and always well-formed Unicode, so that it is the same text after
 * every encoding. JSON can smuggle in half a surrogate pair, and a cut can make one.
 */
public final class Text {

    /** The most characters of a preview of free text. */
    public static final int PREVIEW = 2000;

    /** The most characters of a name or an id. */
    public static final int NAME = 200;

    /** Why an id is refused that {@link #holdsNul holds the character NUL}. */
    public static final String NUL_REFUSED = "Must not hold the character U+0000";

    private static final int HASH_BYTES = 16;

    private Text() {}

    /** The text, or its beginning followed by an ellipsis where it is longer than {@code most} characters. */
    public static String cut(String text, int most) {
        String clean = clean(text);
        return clean.length() <= most ? clean : upTo(clean, most - 1) + "…";
    }

    /** The text where it fits a name's length, else a shorter text that stays as distinct: its beginning and a hash. */
    public static String id(String text) {
        String clean = clean(text);
        if (clean.length() <= NAME) {
            return clean;
        }
        String hash = HexFormat.of().formatHex(Digests.sha256(clean.getBytes(UTF_8)), 0, HASH_BYTES);
        return upTo(clean, NAME - 1 - hash.length()) + "~" + hash;
    }

    /** Whether a text holds the character NUL. No address can, so what has such an id could never be asked for. */
    public static boolean holdsNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    /** The text with every half of a surrogate pair replaced by U+FFFD. */
    public static String clean(String text) {
        int half = firstHalf(text);
        if (half < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, half);
        text.codePoints()
                .skip(text.codePointCount(0, half))
                .forEach(point -> clean.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return clean.toString();
    }

    private static int firstHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (isHalf(point)) {
                return i;
            }
            i += Character.charCount(point) - 1;
        }
        return -1;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static String upTo(String clean, int end) {
        boolean splitsPair = end > 0 && Character.isHighSurrogate(clean.charAt(end - 1));
        return clean.substring(0, splitsPair ? end - 1 : end);
    }
}
