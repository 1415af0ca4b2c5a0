/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session's columns have no room for, as bytes: its id, its title in the form that is searched, its models and tools by
 * their numbers, and what it used by day and model.
 */
final class PackedText {

    private static final int MORE = 0x80;
    private static final int LOW_BITS = 0x7F;
    private static final int BITS = 7;

    private byte[] bytes = new byte[256];
    private int size;
    /** The signature of the title that was packed last. */
    private long titleSignature;
    /** A bit for each model or tool that was packed last, by its number. */
    private long modelBits;

    private long toolBits;

    /** Packs a session. */
    byte[] pack(AggregateSummary session, NameDictionary models, NameDictionary tools) {
        size = 0;
        text(session.id().getBytes(UTF_8));
        title(session.session().title());
        modelBits = names(session.models(), models);
        toolBits = names(session.tools(), tools);
        session.eachSpend((day, model, usage) -> {
            number(day);
            number(models.number(model));
            for (long column : usage.columns) {
                number(column);
            }
        });
        return Arrays.copyOf(bytes, size);
    }

    long titleSignature() {
        return titleSignature;
    }

    long modelBits() {
        return modelBits;
    }

    long toolBits() {
        return toolBits;
    }

    /** The bit of a name; several share one. */
    static long bit(int number) {
        return 1L << number;
    }

    private void title(@Nullable String title) {
        byte[] searchable = title == null ? new byte[0] : SearchText.searchable(title);
        titleSignature = SearchText.signature(searchable);
        // An empty title is one in which the empty text stands.
        number(title == null ? 0 : 1);
        text(searchable);
    }

    private long names(List<String> names, NameDictionary dictionary) {
        long bits = 0;
        number(names.size());
        for (String name : names) {
            int number = dictionary.number(name);
            number(number);
            bits |= bit(number);
        }
        return bits;
    }

    private void text(byte[] text) {
        number(text.length);
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    private void number(long number) {
        room(10);
        long left = (number << 1) ^ (number >> (Long.SIZE - 1));
        while ((left & -MORE) != 0) {
            bytes[size++] = (byte) (left | MORE);
            left >>>= BITS;
        }
        bytes[size++] = (byte) left;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    /** Reads packed bytes from their beginning. */
    static final class Reader {

        private byte[] bytes = {};
        private int at;

        Reader of(byte[] packed) {
            bytes = packed;
            at = 0;
            return this;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long number() {
            long number = 0;
            int shift = 0;
            byte next;
            do {
                next = bytes[at++];
                number |= (long) (next & LOW_BITS) << shift;
                shift += BITS;
            } while (next < 0);
            return (number >>> 1) ^ -(number & 1);
        }

        String text() {
            int length = (int) number();
            String text = new String(bytes, at, length, UTF_8);
            at += length;
            return text;
        }

        /** As {@link String#compareTo} compares the text with another. */
        int compareText(String other) {
            int length = (int) number();
            int common = Math.min(length, other.length());
            for (int i = 0; i < common; i++) {
                int its = bytes[at + i];
                if (its < 0) {
                    // From here on a character is not a byte.
                    at = 0;
                    return text().compareTo(other);
                }
                if (its != other.charAt(i)) {
                    return its - other.charAt(i);
                }
            }
            return length - other.length();
        }

        void skipText() {
            int length = (int) number();
            at += length;
        }

        boolean isText(byte[] other) {
            int length = (int) number();
            boolean isSame = Arrays.equals(bytes, at, at + length, other, 0, other.length);
            at += length;
            return isSame;
        }

        void skipTitle() {
            number();
            skipText();
        }

        boolean titleContains(SearchText text) {
            boolean isThere = number() == 1;
            int length = (int) number();
            boolean found = isThere && text.isIn(bytes, at, at + length);
            at += length;
            return found;
        }

        /** Whether a number is among the names that follow. */
        boolean hasName(int wanted) {
            boolean found = false;
            for (long left = number(); left > 0; left--) {
                found |= number() == wanted;
            }
            return found;
        }

        void skipNames() {
            hasName(-1);
        }

        void usage(Usage usage) {
            for (int i = 0; i < Usage.COLUMNS; i++) {
                usage.columns[i] = number();
            }
        }
    }
}
