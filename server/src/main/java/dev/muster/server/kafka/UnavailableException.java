/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.kafka;

/** Kafka could not be read or written for now; the message is a sentence for the one who asked. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What has not been read yet. */
    public UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
