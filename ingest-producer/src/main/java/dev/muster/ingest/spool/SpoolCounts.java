/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is in a spool, and what went through it since the start. */
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
    private boolean toldAside;
    private OptionalLong oldest = OptionalLong.empty();

    SpoolCounts(long maxBytes, long maxUnwritten) {
        this.maxBytes = maxBytes;
        this.maxUnwritten = maxUnwritten;
    }

    /** The records that wait. */
    synchronized long records() {
        return records;
    }

    /** The bytes of all records, also of those that are being written or were set aside. */
    synchronized long bytes() {
        return bytes;
    }

    /** When the oldest record that waits came, in milliseconds of the epoch. */
    synchronized OptionalLong oldest() {
        return oldest;
    }

    /** The records that were written since the start. */
    synchronized long spooled() {
        return spooled;
    }

    /** The records that Kafka took since the start. */
    synchronized long drained() {
        return drained;
    }

    /** The records that Kafka refused for good, also before the start. */
    synchronized long aside() {
        return aside;
    }

    /** Whether the last records that came were not taken. */
    synchronized boolean refusing() {
        return refusing;
    }

    synchronized void found(SpooledRecord record) {
        records++;
        bytes += record.cost();
        if (oldest.isEmpty()) {
            oldest = OptionalLong.of(record.spooledAt());
        }
    }

    synchronized void foundAside(SpooledRecord record) {
        aside++;
        bytes += record.cost();
    }

    /** Makes room; false if there is none. What is larger than may be unwritten at all has to come alone. */
    synchronized boolean reserve(long cost) {
        refusing = bytes + cost > maxBytes || (unwritten > 0 && unwritten + cost > maxUnwritten);
        if (!refusing) {
            bytes += cost;
            unwritten += cost;
        }
        return !refusing;
    }

    /** Gives room back that was made and not used. */
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

    /** Counts a record that is kept, but not sent; true for the first since the start. */
    synchronized boolean setAside() {
        records--;
        aside++;
        boolean first = !toldAside;
        toldAside = true;
        return first;
    }

    private static long cost(List<SpooledRecord> some) {
        return some.stream().mapToLong(SpooledRecord::cost).sum();
    }
}
