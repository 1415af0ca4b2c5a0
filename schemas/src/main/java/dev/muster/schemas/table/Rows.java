/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.table;

import dev.muster.schemas.MalformedRecordException;

/**
 * What a compacted topic says, row by row. Each row replaces the one before it with the same key. Only the follower's
 * thread calls, and rows may come again.
 */
public interface Rows {

    /**
     * A row as it stands now.
     *
     * @throws MalformedRecordException if it cannot be read; it is passed over, and the row before it stays
     */
    void put(String key, byte[] value) throws MalformedRecordException;

    /**
     * A row is no more.
     *
     * @throws MalformedRecordException if the key is none of the topic's
     */
    void remove(String key) throws MalformedRecordException;

    /** Everything that stood in the topic when it was first reached has been told. */
    void complete();
}
