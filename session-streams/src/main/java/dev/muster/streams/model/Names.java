/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import org.jspecify.annotations.Nullable;

/**
 * Texts that events tell again and again (tools, models, agents) as one object each, found by their bytes: most events then
 * make no text at all. A slot is taken over by whichever text asks last, and a thread that reads it late makes its own.
 */
final class Names {

    private static final int SLOTS = 1 << 12;
    private static final int MAX_BYTES = 64;
    private static final int SPREAD = 0x9E3779B9;
    private static final int SPREAD_SHIFT = 20;

    private static final @Nullable String[] POOL = new String[SLOTS];

    private Names() {}

    /** A field's text; null when it is missing or empty. */
    static @Nullable String of(EventBody event, int field) {
        int length = event.textLength(field);
        return length == 0 ? null : of(event, field, length);
    }

    /** A field's text, empty where it is. */
    static String required(EventBody event, int field) {
        int length = event.textLength(field);
        return length == 0 ? "" : of(event, field, length);
    }

    private static String of(EventBody event, int field, int length) {
        if (length > MAX_BYTES) {
            return event.requiredText(field);
        }
        byte[] bytes = event.bytes();
        int start = event.textStart(field);
        int hash = 0;
        for (int i = start; i < start + length; i++) {
            // As a text's own hash, so that both find the same place.
            hash = 31 * hash + bytes[i];
        }
        int slot = slotOf(hash);
        String pooled = POOL[slot];
        if (pooled != null && isText(pooled, bytes, start, length)) {
            return pooled;
        }
        String made = event.requiredText(field);
        POOL[slot] = made;
        return made;
    }

    /** A text that was read elsewhere, as the object that stands for it. */
    static String shared(String text) {
        int slot = slotOf(text.hashCode());
        String pooled = POOL[slot];
        if (text.equals(pooled)) {
            return pooled;
        }
        POOL[slot] = text;
        return text;
    }

    private static int slotOf(int hash) {
        return (hash * SPREAD) >>> SPREAD_SHIFT;
    }

    /** Whether a text is what stands in bytes; of texts that are not all ASCII it says no. */
    static boolean isText(String text, byte[] bytes, int start, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }
}
