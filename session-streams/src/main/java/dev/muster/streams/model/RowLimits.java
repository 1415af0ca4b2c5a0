/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

/**
 * What a chunk holds, and what a session's own row carries beside its figures. All that a row may carry stays far below
 * what a changelog's record may hold.
 *
 * @param chunkFacts how many facts a chunk holds
 * @param openFacts with fewer facts the last chunk still lies in the session's row
 * @param openChunkBytes a stored chunk that is larger gets its own row
 * @param traces how many traces lie in the session's row: the latest, into which facts still fall
 * @param traceBytes a stored trace that is larger gets its own row
 * @param pageLocations so many locations of traces become a row
 */
record RowLimits(int chunkFacts, int openFacts, int openChunkBytes, int traces, int traceBytes, int pageLocations) {

    /** The limits outside of tests. */
    static final RowLimits USUAL = new RowLimits(64, 32, 16 * 1024, 2, 4 * 1024, 32);
}
