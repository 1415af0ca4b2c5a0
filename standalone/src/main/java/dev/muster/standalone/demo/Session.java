/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import java.time.Instant;
import java.util.List;

/**
 * One session of an agent, from its first prompt to its last act.
 *
 * @param agent who works
 * @param id the session's id
 * @param moments what it does, in time order, at least one
 */
record Session(Agent agent, String id, List<Moment> moments) {

    /**
     * An act in its place.
     *
     * @param at when it is done
     * @param trace the prompt that it belongs to
     */
    record Moment(Instant at, String trace, Act act) {}

    Instant start() {
        return moments.get(0).at();
    }

    Instant end() {
        return moments.get(moments.size() - 1).at();
    }
}
