/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.util.function.Supplier;

/** An answer is not right, so that how soon it came says nothing. */
final class WrongAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongAnswerException(String message) {
        super(message);
    }

    /** Complains unless something holds. */
    static void unless(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new WrongAnswerException(message.get());
        }
    }
}
