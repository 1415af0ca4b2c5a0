/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

/** The keys that are known. */
public interface Senders {

    /** What a key gives the one who holds it. */
    Access find(String key);
}
