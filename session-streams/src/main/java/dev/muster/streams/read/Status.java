/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/** What a session is doing, by its facts and the clock; the first that fits, in this order. */
public enum Status {
    /** The agent is paused. */
    PAUSED,
    /** A failed event is not acknowledged. */
    ERRORED,
    /** The last event is less than 5 minutes old. */
    ACTIVE,
    /** The last event is at most 30 minutes old. */
    IDLE,
    /** Nothing for more than 30 minutes. */
    DONE
}
