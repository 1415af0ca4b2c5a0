/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The log in which the controller keeps which topics there are. Kafka cuts it off where it is damaged, and then deletes
 * every topic that the rest does not name; so it is checked before Kafka sees it. A last batch that is cut short is no
 * damage: a kill leaves that, and nobody was told that it was written.
 */
final class MetadataLog {

    private static final String FOLDER = "__cluster_metadata-0";

    // A record batch: 8 bytes base offset, 4 bytes length of what follows, 4 bytes epoch, the magic byte, 4 bytes
    // checksum of everything behind it.
    private static final int LENGTH_AT = 8;
    private static final int LENGTH_COUNTS_FROM = 12;
    private static final int MAGIC_AT = 16;
    private static final int CHECKSUM_AT = 17;
    private static final int CHECKED_FROM = 21;
    private static final byte MAGIC = 2;

    private MetadataLog() {}

    /**
     * Reads the whole log.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    static void check(Path logs) throws IOException {
        Path folder = logs.resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> segments = Files.newDirectoryStream(folder, "*.log")) {
                for (Path segment : segments) {
                    check(segment, ByteBuffer.wrap(Files.readAllBytes(segment)));
                }
            }
        }
    }

    private static void check(Path segment, ByteBuffer log) throws IOException {
        int at = 0;
        while (log.limit() - at > CHECKED_FROM) {
            long end = (long) at + LENGTH_COUNTS_FROM + log.getInt(at + LENGTH_AT);
            boolean marked = log.get(at + MAGIC_AT) == MAGIC && end > at + CHECKED_FROM;
            if (marked && end > log.limit()) {
                return;
            }
            if (!marked || checksum(log, at, (int) end) != log.getInt(at + CHECKSUM_AT)) {
                if (isZeroFrom(log, at)) {
                    return;
                }
                throw new IOException(FOLDER + "/" + segment.getFileName() + " is not readable from byte " + at);
            }
            at = (int) end;
        }
    }

    private static int checksum(ByteBuffer log, int at, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(log.slice(at + CHECKED_FROM, end - at - CHECKED_FROM));
        return (int) checksum.getValue();
    }

    /** Whether only zeros are left: room that the file system gave, but nothing was written to. */
    private static boolean isZeroFrom(ByteBuffer log, int from) {
        for (int at = from; at < log.limit(); at++) {
            if (log.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
