/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Numbers that are never given out twice, whatever becomes of the task: they are taken in blocks, and the end of the latest
 * block stands in the store, in the row of no account.
 */
final class Numbers {

    private static final long BLOCK = 1 << 20;
    private static final Bytes ROW = StoreKeys.activities("");

    private final KeyValueStore<Bytes, byte[]> store;
    private final long first;
    private long next;
    private long endOfBlock;

    /** Goes on behind the block that was last taken; nothing is written before the first number is wanted. */
    Numbers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] end = store.get(ROW);
        first = end == null ? 0 : ByteBuffer.wrap(end).getLong();
        next = first;
        endOfBlock = first;
    }

    /** The first number that is given out since this start. */
    long first() {
        return first;
    }

    long next() {
        if (next == endOfBlock) {
            endOfBlock += BLOCK;
            store.put(ROW, ByteBuffer.allocate(Long.BYTES).putLong(endOfBlock).array());
        }
        return next++;
    }
}
