/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.host;

/** A start that cannot be; its message is the one sentence that the user is shown. */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, where, and what to do. */
    public StartRefusedException(String message) {
        super(message);
    }

    /** Says what is wrong, where, and what to do; the cause is for the log. */
    public StartRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
