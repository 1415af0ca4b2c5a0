/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/** A cursor that this API did not give out, or gave out for another list. */
public final class InvalidCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the cursor. */
    public InvalidCursorException(String message) {
        super(message);
    }
}
