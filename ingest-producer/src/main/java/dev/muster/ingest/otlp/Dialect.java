/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;

/** How one ecosystem's agents tell what they do in log records and spans. */
public interface Dialect {

    /** Whether a record is this ecosystem's. The first dialect that says so reads it, and no other is asked. */
    boolean speaks(Told told);

    /**
     * The facts that a record tells, each with its id; none if it holds nothing that counts.
     *
     * @param told a record that this dialect speaks
     */
    List<HookEvent> events(Told told);
}
