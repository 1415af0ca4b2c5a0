/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.aggregate.SessionSums;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A session's sums as a store keeps them. */
final class SumsSerde {

    private SumsSerde() {}

    static Serde<SessionSums> get() {
        return Serdes.serdeFrom(
                (topic, sums) -> sums == null ? null : sums.toBytes(),
                (topic, bytes) -> bytes == null ? null : SessionSums.of(bytes));
    }
}
