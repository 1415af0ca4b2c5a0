/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

/**
 * Payment cards' numbers: 13 to 19 digits with the right check digit (ISO 7812, Luhn), in groups divided by single
 * blanks or hyphens. A number begins and ends with a group, and beside no letter. For each group that it may begin with
 * at most 19 digits are looked at.
 */
final class CardNumbers {

    private static final String REPLACEMENT = "[REDACTED-CARD]";
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    private static final int NONE = -1;

    private CardNumbers() {}

    /** The text with every card's number replaced. */
    static String scrub(CharSequence text) {
        StringBuilder scrubbed = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = startsGroup(text, at) ? end(text, at) : NONE;
            if (end == NONE) {
                scrubbed.append(text.charAt(at));
                at++;
            } else {
                scrubbed.append(REPLACEMENT);
                at = end;
            }
        }
        return scrubbed.toString();
    }

    /** Where the longest number that begins here ends, or {@link #NONE}. */
    private static int end(CharSequence text, int start) {
        int[] digits = new int[MAX_DIGITS];
        int count = 0;
        int end = NONE;
        int at = start;
        while (isDigit(text, at) && count < MAX_DIGITS) {
            digits[count] = text.charAt(at) - '0';
            count++;
            at++;
            if (count >= MIN_DIGITS && !isWord(text, at) && checks(digits, count)) {
                end = at;
            }
            if (isDivider(text, at) && isDigit(text, at + 1)) {
                at++;
            }
        }
        return end;
    }

    private static boolean checks(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static boolean startsGroup(CharSequence text, int at) {
        return isDigit(text, at) && (at == 0 || !isWord(text, at - 1) || isEscape(text, at - 1));
    }

    /** Whether a letter is that of an escaped line end, in JSON that was cut. */
    private static boolean isEscape(CharSequence text, int at) {
        return at > 0 && text.charAt(at - 1) == '\\' && "nrtbf".indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isDivider(CharSequence text, int at) {
        return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '-');
    }

    private static boolean isDigit(CharSequence text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isWord(CharSequence text, int at) {
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
