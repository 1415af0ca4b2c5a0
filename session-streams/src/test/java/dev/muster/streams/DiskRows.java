/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * What is on the disk of a store that nobody has open.
 *
 * @param offset the last record of its changelog that is in it; below 0 when there is none
 * @param rows its rows, in hexadecimal digits
 */
record DiskRows(long offset, Map<String, String> rows) {

    private static final String TASK = "0_0";
    private static final HexFormat HEX = HexFormat.of();

    /** Looks at a store of an application's first task. */
    static DiskRows of(Path stateDir, String store) throws RocksDBException {
        Path folder = stateDir.resolve(StreamsProperties.APPLICATION_ID)
                .resolve(TASK)
                .resolve("rocksdb")
                .resolve(store);
        List<ColumnFamilyDescriptor> families = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                new ColumnFamilyDescriptor("offsets".getBytes(UTF_8)));
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.openReadOnly(options, folder.toString(), families, handles)) {
            try (ColumnFamilyHandle rows = handles.get(0);
                    ColumnFamilyHandle offsets = handles.get(1);
                    RocksIterator all = db.newIterator(rows)) {
                byte[] offset = db.get(offsets, (changelog(store) + "-0").getBytes(UTF_8));
                Map<String, String> found = new TreeMap<>();
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    found.put(HEX.formatHex(all.key()), HEX.formatHex(all.value()));
                }
                return new DiskRows(
                        offset == null ? -1 : ByteBuffer.wrap(offset).getLong(), found);
            }
        }
    }

    /** What a store has that has taken in the records of its changelog up to one. */
    static DiskRows of(List<ConsumerRecord<byte[], byte[]>> changelog, long offset) {
        Map<String, String> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : changelog) {
            String key = HEX.formatHex(record.key());
            if (record.offset() > offset) {
                break;
            } else if (record.value() == null) {
                rows.remove(key);
            } else {
                rows.put(key, HEX.formatHex(record.value()));
            }
        }
        return new DiskRows(offset, rows);
    }

    /** The topic that a store can be read again from. */
    static String changelog(String store) {
        return StreamsProperties.APPLICATION_ID + "-" + store + "-changelog";
    }
}
