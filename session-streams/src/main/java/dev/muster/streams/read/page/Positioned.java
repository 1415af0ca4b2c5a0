/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.page;

/** A row of a list. */
public interface Positioned {

    /** Where it stands in its list. */
    Position position();

    /** About how many bytes it takes, where pages are bounded by that; else 0. */
    default int bytes() {
        return 0;
    }
}
