/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import dev.muster.schemas.avro.HookEvent;
import org.jspecify.annotations.Nullable;

/** How an event stands in a record's bytes. An instance belongs to one thread: it reuses its buffers. */
public interface WireFormat {

    /** Whether the bytes carry this format's mark; says nothing of what follows it. */
    boolean marks(byte[] record);

    /** The record's bytes for an event. */
    byte[] write(HookEvent event);

    /**
     * Reads an event.
     *
     * @param record bytes that carry this format's mark
     * @param reuse an event to fill, or null for a new one
     * @throws MalformedRecordException if the schema is unknown or the bytes do not fit it
     */
    HookEvent read(byte[] record, @Nullable HookEvent reuse) throws MalformedRecordException;
}
