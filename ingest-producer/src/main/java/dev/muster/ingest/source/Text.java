/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import java.util.HexFormat;

/**
 * Makes text from outside safe to keep: bounded in length, and well-formed Unicode.
 *
 * <p>JSON can carry half of a surrogate pair, and a cut can make one. Such a half would turn into another character
 * when the text is encoded.
 */
public final class Text {

    /** The most characters of a preview of free text. */
    public static final int PREVIEW = 2000;

    /** The most characters of a name or an id. */
    public static final int NAME = 200;

    /** The message for an id that {@link #holdsNul holds the character NUL}. */
    public static final String NUL_REFUSED = "Must not hold the character U+0000";

    private static final int HASH_BYTES = 16;

    private Text() {}

    /** The text; if it is longer than {@code max} characters, its beginning and an ellipsis. */
    public static String cut(String text, int max) {
        String clean = clean(text);
        return clean.length() <= max ? clean : upTo(clean, max - 1) + "…";
    }

    /** The text; if it is longer than {@link #NAME}, its beginning and a hash, so that distinct ids stay distinct. */
    public static String id(String text) {
        String clean = clean(text);
        if (clean.length() <= NAME) {
            return clean;
        }
        String hash = HexFormat.of().formatHex(Digests.sha256(clean.getBytes(UTF_8)), 0, HASH_BYTES);
        return upTo(clean, NAME - 1 - hash.length()) + "~" + hash;
    }

    /** Whether a text holds the character NUL, which no URL can: what has such an id could never be asked for. */
    public static boolean holdsNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    /** The text as well-formed Unicode: each half of a surrogate pair is replaced by U+FFFD. */
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
