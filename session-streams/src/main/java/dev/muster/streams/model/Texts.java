/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The beginnings of texts, and one instance for those that come again and again. No pair of surrogates is split: half of
 * one would be another text when read back.
 */
final class Texts {

    private static final int MAX_BYTES_OF_CHAR = 3;

    private Texts() {}

    /** At most so many characters of a text. */
    static String upTo(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(max - 1));
        return text.substring(0, splitsPair ? max - 1 : max);
    }

    /** As much of a text as takes at most so many bytes in UTF-8. */
    static String upToBytes(String text, int max) {
        if (text.length() * MAX_BYTES_OF_CHAR <= max) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= max) {
            return text;
        }
        int end = max;
        while (isWithinCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    private static boolean isWithinCharacter(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
