/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

/**
 * Takes out of a text what looks like a secret or names a person, in time that grows with the text's length only. What
 * was scrubbed once is not changed by scrubbing it again.
 */
final class Scrubber {

    private static final String CUT = "…";

    /** A shorter text that ends in an ellipsis was written so; clients cut theirs at 200 characters and more. */
    private static final int MIN_CUT_LENGTH = 100;

    private static final String JOINING = "_.@%+/=:~\\-";

    private Scrubber() {}

    static String scrub(String text) {
        String scrubbed = text;
        for (SecretPattern secret : SecretPattern.ALL) {
            scrubbed = secret.scrub(scrubbed);
        }
        return withoutHalfWord(CardNumbers.scrub(scrubbed));
    }

    /**
     * A text that was cut, by us or before it came, loses its last word: half a secret looks like none. So do
     * words before it that end in a digit, for they may be groups of one number.
     */
    private static String withoutHalfWord(String text) {
        if (!text.endsWith(CUT) || text.length() < MIN_CUT_LENGTH) {
            return text;
        }
        int start = wordStart(text, text.length() - CUT.length());
        while (start >= 2 && text.charAt(start - 1) == ' ' && isDigit(text.charAt(start - 2))) {
            start = wordStart(text, start - 1);
        }
        return text.substring(0, start) + CUT;
    }

    private static int wordStart(String text, int end) {
        int start = end;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || JOINING.indexOf(character) >= 0;
    }
}
