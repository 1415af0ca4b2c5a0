/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

/**
 * What the {@link WriteBehind} knows of one live session: whether its rows lack something, and since when. It lies in the session
 * so that no map is asked for every event, but only the write-behind, on the stream thread, reads and changes it: it needs no lock.
 *
 * <p>A session that is dirty here may turn out to have nothing to write, for an event may repeat another.
 */
final class WriteState {

    /** Whether its rows lack something. */
    boolean isDirty;

    /** Since when, epoch milliseconds; of the last time while it is not dirty. */
    long dirtySince;

    /** How often it has become dirty: tells an entry of the queue that is out of date. */
    int dirtyTurn;

    /** The number of the first piece of the journal with an event that its rows lack. */
    long firstPiece;

    /** How many events its rows lack. */
    int unwritten;

    /** The number of the piece of the journal that was current when its rows were last written; -1 before that. */
    long writtenAtPiece = -1;
}
