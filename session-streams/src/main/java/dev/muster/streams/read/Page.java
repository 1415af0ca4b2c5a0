/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list.
 *
 * @param items in the list's order
 * @param nextCursor where the next page begins; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

    /**
     * A page of events ends with the one that brings their bytes to so many, whatever its limit: an event may have 128 KiB,
     * and a page lies in memory.
     */
    public static final int MAX_EVENT_BYTES = 1 << 20;
}
