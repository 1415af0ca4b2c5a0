/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size, which forgets its eldest entry for a new one. Not safe for several threads.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
@SuppressWarnings("serial") // never serialized
public final class LatestMap<K, V> extends LinkedHashMap<K, V> {

    private static final int FIRST_SLOTS = 16;
    private static final float FULL = 0.75f;

    private final int most;

    private LatestMap(int most, boolean byUse) {
        super(FIRST_SLOTS, FULL, byUse);
        this.most = most;
    }

    /** Forgets what was put first. */
    public static <K, V> Map<K, V> byInsertion(int most) {
        return new LatestMap<>(most, false);
    }

    /** Forgets what was not looked up or put for the longest time. */
    public static <K, V> Map<K, V> byUse(int most) {
        return new LatestMap<>(most, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
