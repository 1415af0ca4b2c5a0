/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import dev.muster.benchmarks.data.Loaded;
import java.util.Map;

/**
 * What a client process is to do.
 *
 * @param name the case
 * @param bootstrap the broker
 * @param loaded what stands in the topic, or will when all has come
 * @param passes how many times it is read; the first pass is the cold one
 * @param run a name that no other process has on this broker
 * @param warmUp how many records of each pass are read before its time begins
 * @param settings Muster's settings where they are not the default
 */
public record ClientOrder(
        String name,
        String bootstrap,
        Loaded loaded,
        int passes,
        String run,
        long warmUp,
        Map<String, String> settings) {

    /** A name for one of its passes, which no other has. */
    String passName(int pass) {
        return "bench-" + run + "-" + pass;
    }
}
