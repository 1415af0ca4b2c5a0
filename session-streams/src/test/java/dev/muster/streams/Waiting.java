/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what a healthy topology comes to, longer than any machine should need. */
final class Waiting {

    static final Duration LONG = Duration.ofSeconds(90);

    private Waiting() {}

    static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LONG).until(condition);
    }
}
