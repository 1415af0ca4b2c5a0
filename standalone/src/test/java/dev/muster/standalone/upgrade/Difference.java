/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import java.util.Optional;
import java.util.regex.Pattern;

/** How two answers differ, small enough to read. */
final class Difference {

    private static final int BEFORE = 120;
    private static final int AFTER = 200;
    private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"[^\"]+\"");

    private Difference() {}

    /** Tells the first thing that differs; empty if nothing does. */
    static Optional<String> between(Exchange.Answer expected, Exchange.Answer actual) {
        if (expected.status() != actual.status()) {
            return Optional.of(told(
                    "status",
                    expected.status() + " " + cut(expected.body(), 0, AFTER),
                    actual.status() + " " + cut(actual.body(), 0, AFTER)));
        }
        if (!expected.headers().equals(actual.headers())) {
            return Optional.of(told("headers", expected.headers(), actual.headers()));
        }
        String wanted = withoutPlaces(expected.body());
        String found = KnownChanges.undone(withoutPlaces(actual.body()));
        if (wanted.equals(found)) {
            return Optional.empty();
        }
        int at = firstDifference(wanted, found);
        return Optional.of(told(
                "body at character " + at, cut(wanted, at - BEFORE, at + AFTER), cut(found, at - BEFORE, at + AFTER)));
    }

    /**
     * A body that says only whether a list goes on, and not where: a cursor may be the last row shown or the last one looked at,
     * with the same rows behind it. What follows a recorded cursor is a request of its own, and compared.
     */
    private static String withoutPlaces(String body) {
        return CURSOR.matcher(body).replaceAll("\"nextCursor\":\"…\"");
    }

    private static String told(String what, Object expected, Object actual) {
        return "  " + what + "\n    was " + expected + "\n    is  " + actual;
    }

    private static int firstDifference(String one, String other) {
        int max = Math.min(one.length(), other.length());
        for (int i = 0; i < max; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return i;
            }
        }
        return max;
    }

    private static String cut(String text, int from, int to) {
        int start = Math.max(0, Math.min(from, text.length()));
        int end = Math.min(text.length(), to);
        return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
    }
}
