/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.streams.model.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers what was counted, on the stream thread or a reader's. */
public final class Counted implements CountListener {

    private final List<Session.Change> changes = Collections.synchronizedList(new ArrayList<>());
    private int unwritten;

    @Override
    public void counted(EventBody event, Session.Change change) {
        changes.add(change);
    }

    @Override
    public void unwritten(int by) {
        unwritten += by;
    }

    /** What each event has changed, in the order they were counted. */
    public List<Session.Change> changes() {
        return changes;
    }

    /** How many sessions have something to write. */
    public int unwritten() {
        return unwritten;
    }
}
