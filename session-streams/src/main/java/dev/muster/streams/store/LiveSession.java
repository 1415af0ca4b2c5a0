/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.Session;

/** A session in memory, and what the store keeps of it. Readers see the key and the last activity only. */
final class LiveSession {

    final RecordKey key;
    /** Changed and copied under its own lock. */
    final Session session;

    /** About how many bytes it was last found to take. */
    int weight;

    /** When it was last used, epoch milliseconds. */
    long touchedAt;
    /** Since when it has something to write, epoch milliseconds. */
    long dirtySince;
    /** The first piece of the journal with an event that its rows lack. */
    long firstPiece;
    /** How many events its rows lack. */
    int unwritten;

    private volatile long lastActivity = Long.MIN_VALUE;

    LiveSession(RecordKey key, Session session) {
        this.key = key;
        this.session = session;
    }

    /** Whether it has taken an event in: before that it is not to be shown. */
    boolean isShown() {
        return lastActivity != Long.MIN_VALUE;
    }

    /** Its last event, epoch milliseconds. */
    long lastActivity() {
        return lastActivity;
    }

    void setLastActivity(long time) {
        lastActivity = time;
    }
}
