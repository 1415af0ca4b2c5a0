/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which file was the first to hold an id: a table of 64-bit hashes and numbers of files, a few dozen bytes for each id; that
 * two of them share a hash has a chance of one in thirty million.
 */
final class LineOwners {

    /** No file has the id. */
    static final int NONE = 0;

    private static final int SMALLEST = 1 << 10;

    private long[] hashes = new long[SMALLEST];
    private int[] owners = new int[SMALLEST];
    private int size;

    /**
     * The file that an id belongs to, which is the claiming one if no other came before.
     *
     * @param hash of the id
     * @param file the claiming file's number, 1 or more
     */
    int claim(long hash, int file) {
        int slot = slot(hash);
        if (owners[slot] != NONE) {
            return owners[slot];
        }
        hashes[slot] = hash;
        owners[slot] = file;
        size++;
        if (size > owners.length / 2) {
            grow();
        }
        return file;
    }

    /** The number of the file that an id belongs to, {@link #NONE} where there is none. */
    int find(long hash) {
        return owners[slot(hash)];
    }

    /** How many ids there are. */
    int size() {
        return size;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] != NONE) {
                out.writeLong(hashes[i]);
                out.writeInt(owners[i]);
            }
        }
    }

    static LineOwners read(DataInput in) throws IOException {
        LineOwners read = new LineOwners();
        for (int left = in.readInt(); left > 0; left--) {
            read.claim(in.readLong(), in.readInt());
        }
        return read;
    }

    private int slot(long hash) {
        int slot = (int) (hash & (owners.length - 1));
        while (owners[slot] != NONE && hashes[slot] != hash) {
            slot = (slot + 1) & (owners.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldOwners = owners;
        hashes = new long[oldHashes.length * 2];
        owners = new int[oldOwners.length * 2];
        for (int i = 0; i < oldOwners.length; i++) {
            if (oldOwners[i] != NONE) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                owners[slot] = oldOwners[i];
            }
        }
    }
}
