/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.control.PausedAgents;
import dev.muster.ingest.source.Reading;
import java.util.Optional;

/**
 * What became of a request's events.
 *
 * @param reading those that were taken, and what was not
 * @param paused which of their agents are paused
 */
record Taken(Reading reading, PausedAgents paused) {

    /** Tells a client to stop, where an answer has no words of its client's own for that. */
    static void tellToStop(ObjectNode answer, Optional<String> stopReason) {
        stopReason.ifPresent(reason -> answer.put("paused", true).put("stopReason", reason));
    }
}
