/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/** The order of sessions and day groups, the most first; among equals by id. */
public enum SessionSort {
    /** The last event. */
    LAST_ACTIVITY,
    /** The first event. */
    START,
    /** The priced tokens' cost. */
    COST,
    /** Tokens of all kinds. */
    TOKENS,
    /** From the first event to the last; a group's is the sum over its sessions. */
    DURATION,
    /** Errors. */
    ERRORS,
    /** The 95th percentile of all durations; none comes last. */
    P95
}
