/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import java.nio.file.Path;
import org.apache.kafka.common.utils.internals.Exit;

/** What Kafka does when it cannot go on, as on a full disk: it ends the whole process, of itself without a word. */
public final class BrokerFaults {

    private BrokerFaults() {}

    /** Lets the process end with a sentence that names the log, for as long as the process lives. */
    public static void endWithASentence(Path log) {
        Exit.setHaltProcedure((status, message) -> {
            System.err.println("Kafka cannot go on, and Muster ends with it; " + log + " says why.");
            Runtime.getRuntime().halt(status);
        });
    }
}
