/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.SingleObjectFormat;
import java.nio.ByteBuffer;

/** Confluent's frame: a zero byte, the schema's id in the registry (4 bytes, big-endian), the Avro body. */
final class ConfluentFrame {

    /** The bytes before the body. */
    static final int HEADER_BYTES = 5;

    private static final byte MARK = 0;

    private ConfluentFrame() {}

    /** Whether the bytes carry the frame's mark; says nothing of what follows it. */
    static boolean marks(byte[] record) {
        return record.length >= HEADER_BYTES && record[0] == MARK;
    }

    /** The id of the schema that wrote the body. */
    static int schemaId(byte[] record) {
        return ByteBuffer.wrap(record).getInt(1);
    }

    /** A single object's body behind an id; the body's bytes stay as they are. */
    static byte[] of(int schemaId, byte[] singleObject) {
        int body = singleObject.length - SingleObjectFormat.HEADER_BYTES;
        return ByteBuffer.allocate(HEADER_BYTES + body)
                .put(MARK)
                .putInt(schemaId)
                .put(singleObject, SingleObjectFormat.HEADER_BYTES, body)
                .array();
    }
}
