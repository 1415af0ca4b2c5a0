/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

/** A record that can never be read or counted, whoever tries: it goes to the dead letters with the message as reason. */
final class PoisonRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    PoisonRecordException(String reason) {
        super(reason);
    }

    PoisonRecordException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
