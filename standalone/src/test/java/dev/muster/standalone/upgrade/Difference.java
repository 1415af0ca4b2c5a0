/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import java.util.Optional;

/** How two answers differ, small enough to read. */
final class Difference {

    private static final int BEFORE = 120;
    private static final int AFTER = 200;

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
        if (expected.body().equals(actual.body())) {
            return Optional.empty();
        }
        int at = firstDifference(expected.body(), actual.body());
        return Optional.of(told(
                "body at character " + at,
                cut(expected.body(), at - BEFORE, at + AFTER),
                cut(actual.body(), at - BEFORE, at + AFTER)));
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
