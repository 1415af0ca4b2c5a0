/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.streams.model.Session;

/** Hears what live sessions do; by several threads. */
public interface CountListener {

    /**
     * An event was counted, some time after it was taken in.
     *
     * @param event valid during the call
     * @param change what it has changed
     */
    void counted(EventBody event, Session.Change change);

    /**
     * There are more sessions, or with a negative number fewer, whose rows lack something that stands in the journal.
     *
     * @param by the difference
     */
    void unwritten(int by);
}
