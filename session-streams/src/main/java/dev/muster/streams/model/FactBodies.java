/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import java.util.Arrays;

/** Reads and writes the Avro bodies in chunks. */
final class FactBodies {

    private static final ThreadLocal<SingleObjectFormat> FORMAT = ThreadLocal.withInitial(SingleObjectFormat::new);

    private FactBodies() {}

    static HookEvent read(long schema, byte[] body) {
        try {
            return FORMAT.get().readBody(body, 0, body.length, schema, null);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a stored event cannot be read: the state is damaged", e);
        }
    }

    static HookEvent read(FactRow row) {
        return read(SingleObjectFormat.currentFingerprint(), row.body());
    }

    static HookEvent read(EventBody body) {
        return read(SingleObjectFormat.currentFingerprint(), body.toBytes());
    }

    /** A look into a body in the schema of today. */
    static EventBody look(byte[] body) {
        EventBody look = new EventBody();
        try {
            look.over(body, 0, body.length);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a stored event cannot be read: the state is damaged", e);
        }
        return look;
    }

    /** The fact of a row. */
    static Fact fact(FactRow row) {
        return Fact.of(look(row.body()));
    }

    static byte[] write(HookEvent event) {
        byte[] record = FORMAT.get().write(event);
        return Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length);
    }
}
