/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.MappedBody;
import java.util.Map;
import java.util.Optional;

/**
 * What of a request may go on.
 *
 * @param mapped the parts that are accepted, and those that are refused
 * @param stopReasons why the agents of parts that are taken are to stop, in words for their users, by the part's index
 */
public record Admitted(MappedBody mapped, Map<Integer, String> stopReasons) {

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
