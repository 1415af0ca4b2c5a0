/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

/** A body that was not read to its end. */
final class BodyRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why it was not. */
    enum Reason {
        TOO_LARGE,
        UNKNOWN_ENCODING,
        MALFORMED_ENCODING,
        BUSY
    }

    private final Reason reason;

    BodyRefusedException(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
