/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import org.jspecify.annotations.Nullable;

/** 64-bit hashes of names and ids: FNV-1a over the characters, mixed; never 0, which stands for none. */
final class Hashes {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

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

    private static long append(long hash, @Nullable String part) {
        if (part == null) {
            return (hash ^ 0x1F000L) * PRIME;
        }
        long result = hash;
        for (int i = 0; i < part.length(); i++) {
            result = (result ^ part.charAt(i)) * PRIME;
        }
        return (result ^ 0x1E000L) * PRIME;
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
