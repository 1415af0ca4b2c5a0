/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import org.jspecify.annotations.Nullable;

/** 64-bit hashes of names and ids: FNV-1a over the characters, mixed; never 0, which stands for none. */
final class Hashes {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    /** Ends a part; no character. */
    private static final long END = 0x1E000L;

    private Hashes() {}

    /** The hash of several parts in their order; null is a part of its own kind. */
    static long of(@Nullable String... parts) {
        long hash = OFFSET;
        for (String part : parts) {
            hash = append(hash, part);
        }
        return mixed(hash);
    }

    /** The hash of one text. */
    static long of(String text) {
        return mixed(append(OFFSET, text));
    }

    /** The hash of a field's text, as of the text itself. */
    static long of(EventBody event, int field) {
        return of("", event, field);
    }

    /** The hash of a text made of a beginning and a field's text. */
    static long of(String beginning, EventBody event, int field) {
        int start = event.textStart(field);
        int end = start + event.textLength(field);
        byte[] bytes = event.bytes();
        long hash = OFFSET;
        for (int i = 0; i < beginning.length(); i++) {
            hash = (hash ^ beginning.charAt(i)) * PRIME;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return of(beginning + event.requiredText(field));
            }
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return mixed((hash ^ END) * PRIME);
    }

    private static long append(long hash, @Nullable String part) {
        if (part == null) {
            return (hash ^ 0x1F000L) * PRIME;
        }
        long result = hash;
        for (int i = 0; i < part.length(); i++) {
            result = (result ^ part.charAt(i)) * PRIME;
        }
        return (result ^ END) * PRIME;
    }

    /** The finisher of SplitMix64: FNV alone spreads short texts badly over the high bits. */
    private static long mixed(long hash) {
        long z = hash;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z = z ^ (z >>> 31);
        return z == 0 ? 1 : z;
    }
}
