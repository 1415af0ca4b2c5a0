/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which requests wait for a permit, and which is next: first come, first served. Scans stand in a line of their own, and one
 * at a time is among the others; so those that wait for each other take no permit. Not for several threads.
 */
final class ReadQueue {

    private static final int MAX_ASKED = 8;

    private final Set<ReadPermit> admitted = new LinkedHashSet<>();
    private final Set<ReadPermit> scans = new LinkedHashSet<>();
    /** Whether a scan is among the admitted or goes on. */
    private boolean scanAdmitted;

    /** How many wait. */
    int size() {
        return admitted.size() + scans.size();
    }

    /** How many wait in the line that one would stand in. */
    int waitingBeside(ReadPermit permit) {
        return (permit.isScan() ? scans : admitted).size();
    }

    /** Whether nobody stands before one, which is then taken to go on. */
    boolean admitsAtOnce(ReadPermit permit) {
        if (!admitted.isEmpty() || (permit.isScan() && scanAdmitted)) {
            return false;
        }
        scanAdmitted |= permit.isScan();
        return true;
    }

    void add(ReadPermit permit) {
        (permit.isScan() ? scans : admitted).add(permit);
        admitScan();
    }

    /** The next one that somebody waits for; those before it that nobody does are added to the others. */
    Optional<ReadPermit> next(Collection<ReadPermit> gone) {
        while (!admitted.isEmpty()) {
            ReadPermit first = admitted.iterator().next();
            admitted.remove(first);
            if (!first.isClientGone()) {
                return Optional.of(first);
            }
            ended(first);
            gone.add(first);
        }
        return Optional.empty();
    }

    /** Takes one out that still waits; false if it does not. */
    boolean remove(ReadPermit permit) {
        if (admitted.remove(permit)) {
            ended(permit);
            return true;
        }
        return scans.remove(permit);
    }

    /** Takes those out that nobody waits for any more, of a few that have waited longest: to ask is a look at the network. */
    void removeGone(Collection<ReadPermit> gone) {
        for (ReadPermit permit : all().stream().limit(MAX_ASKED).toList()) {
            if (permit.isClientGone() && remove(permit)) {
                gone.add(permit);
            }
        }
    }

    /** Takes all of them out. */
    List<ReadPermit> clear() {
        List<ReadPermit> all = all();
        admitted.clear();
        scans.clear();
        return all;
    }

    /** Notes that one which was next is over, used or not. */
    void ended(ReadPermit permit) {
        if (permit.isScan()) {
            scanAdmitted = false;
            admitScan();
        }
    }

    private void admitScan() {
        if (!scanAdmitted && !scans.isEmpty()) {
            ReadPermit first = scans.iterator().next();
            scans.remove(first);
            admitted.add(first);
            scanAdmitted = true;
        }
    }

    private List<ReadPermit> all() {
        return Stream.concat(admitted.stream(), scans.stream()).toList();
    }
}
