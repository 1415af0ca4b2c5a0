/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.WireFormat;
import dev.muster.schemas.avro.HookEvent;

/**
 * An event as it is kept and sent.
 *
 * @param key the bytes of its {@link dev.muster.schemas.RecordKey}
 * @param value the event in Avro's single-object encoding
 */
public record EventRecord(byte[] key, byte[] value) {

    private static final ThreadLocal<WireFormat> FORMAT = ThreadLocal.withInitial(SingleObjectFormat::new);

    /** The record of an event. */
    public static EventRecord of(HookEvent event) {
        return new EventRecord(RecordKey.of(event).toBytes(), FORMAT.get().write(event));
    }
}
