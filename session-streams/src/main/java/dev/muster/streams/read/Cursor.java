/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ends and the next begins: the last row's place in its list. It names no offset, so that rows that come or go
 * in between shift nothing.
 *
 * @param list which list it belongs to
 * @param number the place's first part
 * @param text the place's second part
 */
record Cursor(char list, long number, String text) {

    static final char TRACES = 't';
    static final char EVENTS = 'e';
    static final char ALL_TRACES = 'a';

    static final char DAY_SESSIONS = 's';
    static final char AGENTS = 'g';
    static final char AUDIT = 'l';

    /** The list of day groups in an order. */
    static char ofDayGroups(SessionSort sort) {
        return (char) ('A' + sort.ordinal());
    }

    /** The list of sessions in an order. */
    static char ofSessions(SessionSort sort) {
        return (char) ('0' + sort.ordinal());
    }

    String encoded() {
        byte[] rest = text.getBytes(UTF_8);
        byte[] bytes = ByteBuffer.allocate(9 + rest.length)
                .put((byte) list)
                .putLong(number)
                .put(rest)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<Cursor> of(char list, Optional<String> encoded) {
        return encoded.map(value -> {
            byte[] bytes;
            try {
                bytes = Base64.getUrlDecoder().decode(value);
            } catch (IllegalArgumentException e) {
                throw new InvalidCursorException("The cursor is not one that this API gave out.");
            }
            if (bytes.length < 9 || bytes[0] != (byte) list) {
                throw new InvalidCursorException("The cursor is not one that this list gave out.");
            }
            return new Cursor(
                    list, ByteBuffer.wrap(bytes, 1, 8).getLong(), new String(bytes, 9, bytes.length - 9, UTF_8));
        });
    }
}
