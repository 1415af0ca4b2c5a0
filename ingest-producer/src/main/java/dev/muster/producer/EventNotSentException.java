/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

/**
 * An event is not known to be durable. Sending it again is harmless: it has the same id, and counts once.
 */
public final class EventNotSentException extends Exception {

    private static final long serialVersionUID = 1L;

    EventNotSentException(String message) {
        super(message);
    }

    EventNotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
