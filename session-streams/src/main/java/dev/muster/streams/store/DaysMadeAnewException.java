/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** The sums by day are not whole: they are made anew of the sessions, which takes a minute or two for a million of them. */
public final class DaysMadeAnewException extends InvalidStateStoreException {

    private static final long serialVersionUID = 1L;

    DaysMadeAnewException() {
        super("the sums by day are made anew of the sessions");
    }
}
