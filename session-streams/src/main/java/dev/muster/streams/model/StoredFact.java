/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;

/**
 * A fact of a stored chunk, for readers.
 *
 * @param place where it stands
 * @param trace the hash of the id of the trace it belongs to
 */
public record StoredFact(FactPosition place, long trace, FactRow row) {

    /** The facts of a chunk's value, in order. */
    public static List<StoredFact> read(FactPosition fence, byte[] chunk) {
        return Chunk.read(fence, chunk).inCurrentSchema().rows().stream()
                .map(row -> new StoredFact(row.fence(), row.trace(), row))
                .toList();
    }

    /** How many bytes its event takes. */
    public int bytes() {
        return row.body().length;
    }

    /** The event, its copies merged. */
    public HookEvent event() {
        return FactBodies.read(row);
    }
}
