/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.TraceFigures;
import java.util.Comparator;
import java.util.Optional;

/**
 * A trace's place in the list of all sessions' traces.
 *
 * @param start its first event, epoch milliseconds
 * @param session its session's id
 * @param trace its id
 */
record TracePlace(long start, String session, String trace) {

    /** The order of the list: the latest begun first, then by session, then by id the other way round, as rows are read. */
    static final Comparator<TracePlace> ORDER = Comparator.comparingLong(TracePlace::start)
            .reversed()
            .thenComparing(TracePlace::session)
            .thenComparing(TracePlace::trace, Comparator.reverseOrder());

    /** Before all others. */
    static final TracePlace FIRST = new TracePlace(Long.MAX_VALUE, "", "");

    private static final char LENGTH_END = ':';

    static TracePlace of(SessionFigures session, TraceFigures trace) {
        return new TracePlace(trace.start(), session.id(), trace.id());
    }

    /** The place that a cursor tells of, or before all. */
    static TracePlace of(Optional<String> encoded) {
        return Cursor.of(Cursor.ALL_TRACES, encoded).map(TracePlace::of).orElse(FIRST);
    }

    private static TracePlace of(Cursor cursor) {
        String text = cursor.text();
        int end = text.indexOf(LENGTH_END);
        try {
            int middle = end + 1 + Integer.parseInt(text, 0, Math.max(end, 0), 10);
            return new TracePlace(cursor.number(), text.substring(end + 1, middle), text.substring(middle));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new InvalidCursorException("The cursor is not one that this list gave out.");
        }
    }

    String encoded() {
        return new Cursor(Cursor.ALL_TRACES, start, session.length() + "" + LENGTH_END + session + trace).encoded();
    }
}
