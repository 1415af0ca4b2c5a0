/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The beginnings of texts, and one instance for those that come again and again. No pair of surrogates is split: half of
 * one would be another text when read back.
 */
final class Texts {

    private static final int MAX_BYTES_OF_CHAR = 3;

    /** A place for each hash of a text, held by the last text of that hash. */
    private static final @Nullable String[] SHARED = new String[1024];

    private Texts() {}

    /** At most so many characters of a text. */
    static String upTo(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, splitsPair ? most - 1 : most);
    }

    /** As much of a text as takes at most so many bytes in UTF-8. */
    static String upToBytes(String text, int most) {
        if (text.length() * MAX_BYTES_OF_CHAR <= most) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        int end = most;
        while (isWithinCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    /**
     * The instance that was given for an equal text before, if no other has taken its place since: for short names that
     * many sessions share. Threads may race for a place, and then hold an instance each.
     */
    static String shared(String text) {
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (SHARED.length - 1);
        String known = SHARED[place];
        if (text.equals(known)) {
            return known;
        }
        SHARED[place] = text;
        return text;
    }

    private static boolean isWithinCharacter(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
