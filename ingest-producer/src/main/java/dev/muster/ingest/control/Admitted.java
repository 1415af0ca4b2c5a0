/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.Reading;
import java.util.Map;
import java.util.Optional;

/**
 * What of a request may go on.
 *
 * @param reading what is taken, and what is refused
 * @param stopReasons why the agents of parts that are taken are to stop, in words for their users, by the part's index
 */
public record Admitted(Reading reading, Map<Integer, String> stopReasons) {

    public Admitted {
        stopReasons = Map.copyOf(stopReasons);
    }

    /** Why the agent of a part is to stop; empty while it may go on. */
    public Optional<String> stopReason(int part) {
        return Optional.ofNullable(stopReasons.get(part));
    }

    /** Why an agent of any part is to stop; empty while all may go on. */
    public Optional<String> stopReason() {
        return stopReasons.values().stream().sorted().findFirst();
    }
}
