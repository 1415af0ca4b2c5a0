/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/** The stores cannot be read now: they are restored, or moving to another instance. Try again. */
public final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is awaited. */
    public NotReadyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what is awaited, in a sentence. */
    public NotReadyException(String message) {
        super(message);
    }
}
