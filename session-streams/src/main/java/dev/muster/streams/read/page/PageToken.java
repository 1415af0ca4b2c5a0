/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.SessionSort;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a list's cursors look like to its callers: the list's letter, the position's value and its other parts, in URL-safe
 * Base 64. Each list takes its own tokens only.
 */
public final class PageToken {

    /** A session's traces. */
    public static final PageToken TRACES = new PageToken('t', Spelling.ID);
    /** A session's or a trace's events; a position's id is the unsigned decimal of the fact's. */
    public static final PageToken EVENTS = new PageToken('e', Spelling.ID);
    /** The traces of all sessions; a position's id is the session's, its part the trace's. */
    public static final PageToken ALL_TRACES = new PageToken('a', Spelling.LENGTH_FIRST);
    /** The sessions of a day group. */
    public static final PageToken DAY_SESSIONS = new PageToken('s', Spelling.ID);
    /** Agents. */
    public static final PageToken AGENTS = new PageToken('g', Spelling.ID);
    /** The audit log; a position's id is the session's, its part a number by {@link #sortable}. */
    public static final PageToken AUDIT = new PageToken('l', Spelling.NUMBER_FIRST);

    private static final int HEAD_BYTES = 9;

    private final char list;
    private final Spelling spelling;

    private PageToken(char list, Spelling spelling) {
        this.list = list;
        this.spelling = spelling;
    }

    /** Day groups in an order. */
    public static PageToken ofDayGroups(SessionSort sort) {
        return new PageToken((char) ('A' + sort.ordinal()), Spelling.ID);
    }

    /** Sessions in an order. */
    public static PageToken ofSessions(SessionSort sort) {
        return new PageToken((char) ('0' + sort.ordinal()), Spelling.ID);
    }

    /** A number as a position's part: texts of this form sort as the numbers do. */
    public static String sortable(long number) {
        return HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE);
    }

    /** The token of a position in the list. */
    public String encode(Position position) {
        byte[] rest = spelling.write(position).getBytes(UTF_8);
        byte[] bytes = ByteBuffer.allocate(HEAD_BYTES + rest.length)
                .put((byte) list)
                .putLong(position.value())
                .put(rest)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The position that a token tells of; empty without one.
     *
     * @throws InvalidCursorException if the list did not give the token out
     */
    public Optional<Position> decode(Optional<String> token) {
        return token.map(this::decode);
    }

    private Position decode(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException("The cursor is not one that this API gave out.");
        }
        if (bytes.length < HEAD_BYTES || bytes[0] != (byte) list) {
            throw foreign();
        }
        try {
            return spelling.read(
                    ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong(),
                    new String(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES, UTF_8));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw foreign();
        }
    }

    /** Says that a list did not give a token out. */
    public static InvalidCursorException foreign() {
        return new InvalidCursorException("The cursor is not one that this list gave out.");
    }

    /** How a position's id and part are written as one text. */
    private enum Spelling {
        /** The id alone. */
        ID {
            @Override
            String write(Position position) {
                return position.id();
            }

            @Override
            Position read(long value, String text) {
                return new Position(value, text);
            }
        },
        /** The id's length, the id and the part. */
        LENGTH_FIRST {
            @Override
            String write(Position position) {
                return position.id().length() + ":" + position.id() + position.part();
            }

            @Override
            Position read(long value, String text) {
                int end = text.indexOf(':');
                int middle = end + 1 + Integer.parseInt(text, 0, Math.max(end, 0), 10);
                return new Position(value, text.substring(end + 1, middle), text.substring(middle));
            }
        },
        /** The part as a hexadecimal number, and the id. */
        NUMBER_FIRST {
            @Override
            String write(Position position) {
                long number = Long.parseUnsignedLong(position.part(), 16) ^ Long.MIN_VALUE;
                return Long.toHexString(number) + ":" + position.id();
            }

            @Override
            Position read(long value, String text) {
                int end = text.indexOf(':');
                long number = Long.parseUnsignedLong(text.substring(0, Math.max(0, end)), 16);
                return new Position(value, text.substring(end + 1), sortable(number));
            }
        };

        abstract String write(Position position);

        abstract Position read(long value, String text);
    }
}
