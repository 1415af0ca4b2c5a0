/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts what is in a spool and what went through it since the start, and bounds its size. */
final class SpoolCounts {

    private final long maxBytes;
    private final long maxUnwritten;
    private long records;
    private long bytes;
    private long unwritten;
    private long spooled;
    private long drained;
    private long aside;
    private boolean refusing;
    private boolean asideLogged;
    private OptionalLong oldest = OptionalLong.empty();

    SpoolCounts(long maxBytes, long maxUnwritten) {
        this.maxBytes = maxBytes;
        this.maxUnwritten = maxUnwritten;
    }

    /** The records that wait for Kafka. */
    synchronized long records() {
        return records;
    }

    /** The bytes of all records, including those that are being written and those that are set aside. */
    synchronized long bytes() {
        return bytes;
    }

    /** When the oldest waiting record was added, in epoch milliseconds. */
    synchronized OptionalLong oldest() {
        return oldest;
    }

    /** The number of records written since the start. */
    synchronized long spooled() {
        return spooled;
    }

    /** The number of records that Kafka acknowledged since the start. */
    synchronized long drained() {
        return drained;
    }

    /** The number of records that are set aside, including those from before the start. */
    synchronized long aside() {
        return aside;
    }

    /** Whether the records that were added last were refused. */
    synchronized boolean refusing() {
        return refusing;
    }

    synchronized void restored(SpooledRecord record) {
        records++;
        bytes += record.cost();
        if (oldest.isEmpty()) {
            oldest = OptionalLong.of(record.spooledAt());
        }
    }

    synchronized void restoredAside(SpooledRecord record) {
        aside++;
        bytes += record.cost();
    }

    /** Reserves bytes; false if there is no room. More than the unwritten maximum fits only when nothing else waits. */
    synchronized boolean reserve(long cost) {
        refusing = bytes + cost > maxBytes || (unwritten > 0 && unwritten + cost > maxUnwritten);
        if (!refusing) {
            bytes += cost;
            unwritten += cost;
        }
        return !refusing;
    }

    /** Returns reserved bytes that were not written. */
    synchronized void release(long cost) {
        bytes -= cost;
        unwritten -= cost;
        refusing = true;
    }

    synchronized void written(List<SpooledRecord> added) {
        records += added.size();
        spooled += added.size();
        unwritten -= cost(added);
        if (oldest.isEmpty()) {
            oldest = OptionalLong.of(added.get(0).spooledAt());
        }
    }

    synchronized void drained(List<SpooledRecord> removed, Optional<SpooledRecord> nextOldest) {
        records -= removed.size();
        drained += removed.size();
        bytes -= cost(removed);
        refusing = false;
        if (records == 0) {
            oldest = OptionalLong.empty();
        } else if (nextOldest.isPresent()) {
            oldest = OptionalLong.of(nextOldest.get().spooledAt());
        }
    }

    /** Counts a record that is set aside; true for the first since the start. */
    synchronized boolean setAside() {
        records--;
        aside++;
        boolean first = !asideLogged;
        asideLogged = true;
        return first;
    }

    private static long cost(List<SpooledRecord> some) {
        return some.stream().mapToLong(SpooledRecord::cost).sum();
    }
}
