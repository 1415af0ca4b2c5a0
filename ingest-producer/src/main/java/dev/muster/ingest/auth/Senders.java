/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

/** The keys that are known. */
public interface Senders extends AutoCloseable {

    /** What a key gives the one who holds it. */
    Access find(String key);

    /** Whether every key that there is has been read; until then a good one may be undecided. */
    default boolean complete() {
        return true;
    }

    /** Lets go of what the keys are read from. */
    @Override
    default void close() {}
}
