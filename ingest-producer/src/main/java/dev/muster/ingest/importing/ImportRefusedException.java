/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

/** An import that cannot be or cannot go on; its message is the one sentence that the user is shown. */
public final class ImportRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, where, and what to do. */
    public ImportRefusedException(String message) {
        super(message);
    }

    /** Says what is wrong, where, and what to do; the cause is for the log. */
    public ImportRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
