/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

/** A record's bytes are in no wire format that Muster reads, or do not fit their schema. */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A record refused for a reason of ours. */
    public MalformedRecordException(String message) {
        super(message);
    }

    /** A record that the decoder refused. */
    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
