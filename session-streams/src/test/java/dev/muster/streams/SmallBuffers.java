/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** RocksDB with write buffers that are soon full: rows are on the disk long before a store is closed. */
public final class SmallBuffers implements RocksDBConfigSetter {

    private static final long BYTES = 64 << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing was opened.
    }
}
