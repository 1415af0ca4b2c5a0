/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.Comparator;

/**
 * An entry's place in the audit log: the newest first, then by session and id.
 *
 * @param time when it was, epoch milliseconds
 * @param session its session's id; empty for a command, behind a slash the agent's for an event without a session
 * @param id what tells it from others of the same time and session
 */
record AuditPlace(long time, String session, long id) {

    static final Comparator<AuditPlace> ORDER = Comparator.comparingLong(AuditPlace::time)
            .reversed()
            .thenComparing(AuditPlace::session)
            .thenComparingLong(AuditPlace::id);

    boolean isBehind(AuditPlace other) {
        return ORDER.compare(this, other) > 0;
    }

    Cursor cursor() {
        return new Cursor(Cursor.AUDIT, time, Long.toHexString(id) + ":" + session);
    }

    static AuditPlace of(Cursor cursor) {
        int end = cursor.text().indexOf(':');
        try {
            return new AuditPlace(
                    cursor.number(),
                    cursor.text().substring(end + 1),
                    Long.parseUnsignedLong(cursor.text().substring(0, Math.max(0, end)), 16));
        } catch (NumberFormatException e) {
            throw new InvalidCursorException("The cursor is not one that this list gave out.");
        }
    }
}
