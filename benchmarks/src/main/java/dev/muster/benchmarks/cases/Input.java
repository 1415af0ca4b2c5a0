/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.schemas.Topics;

/**
 * What a pass reads.
 *
 * @param topic where it stands
 * @param records all that stand there
 */
record Input(String topic, long records) {

    /** Everything there is. */
    static Input all(Workload workload) {
        return new Input(Topics.HOOK_EVENTS, workload.loaded().records());
    }
}
