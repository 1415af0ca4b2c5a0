/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

/** Events could not be made durable for now; sending them again is harmless. */
public final class UnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says why, in words for the sender. */
    public UnavailableException(String message) {
        super(message);
    }
}
