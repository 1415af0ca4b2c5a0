/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;

/** Maps the log records and spans of one ecosystem of agents to events. */
public interface Dialect {

    /** Whether a record is of this ecosystem. The first dialect that matches reads the record. */
    boolean matches(TelemetryRecord record);

    /**
     * The events of a record, each with its id; none if there is nothing in it to count.
     *
     * @param record a record that this dialect matches
     */
    List<HookEvent> events(TelemetryRecord record);
}
