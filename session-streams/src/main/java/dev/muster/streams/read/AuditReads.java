/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AuditWalk.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Reads an account's audit log over all partitions, the newest first. A page costs by what is looked at for it: without a
 * filter by its own size, with one at most a bounded number of entries, and then the next page goes on from there. So it does
 * after so many bytes of events.
 */
final class AuditReads {

    private final Partitions partitions;
    private final AgentControls controls;
    private final int mostLookedAt;

    /** A walk and the entry that it has reached. */
    private record Head(Found found, AuditWalk walk) {

        static final Comparator<Head> ORDER = Comparator.comparing(head -> head.found.place(), AuditPlace.ORDER);
    }

    /**
     * Reads the log.
     *
     * @param mostLookedAt so many entries are looked at for a page
     */
    AuditReads(Partitions partitions, AgentControls controls, int mostLookedAt) {
        this.partitions = partitions;
        this.controls = controls;
        this.mostLookedAt = mostLookedAt;
    }

    Page<AuditEntry> page(String account, AuditFilter filter, int limit, Optional<String> cursor) {
        AuditWish wish = new AuditWish(account, filter, controls);
        Optional<AuditPlace> after = Cursor.of(Cursor.AUDIT, cursor).map(AuditPlace::of);
        long newest = Math.min(wish.newest(), after.map(AuditPlace::time).orElse(Long.MAX_VALUE));
        List<AuditWalk> walks = new ArrayList<>();
        try {
            open(wish, newest, walks);
            PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
            walks.forEach(walk -> advance(walk, heads));
            return page(wish, after, limit, heads);
        } finally {
            walks.forEach(AuditWalk::close);
        }
    }

    private void open(AuditWish wish, long newest, List<AuditWalk> walks) {
        Optional<String> sessionId = wish.filter().sessionId();
        if (sessionId.isPresent()) {
            RecordKey key = RecordKey.ofSession(wish.account(), sessionId.get());
            PartitionStores stores = partitions.of(key);
            if (wish.wantsEvents()) {
                SessionSnapshot.of(stores, key)
                        .ifPresent(session -> walks.add(new SessionFactWalk(session, key.sessionId(), newest)));
            }
            openCommands(wish, stores, newest, walks);
            return;
        }
        for (int partition = 0; partition < partitions.count(); partition++) {
            PartitionStores stores = partitions.at(partition);
            if (wish.wantsEvents()) {
                walks.add(new FactWalk(stores, wish.account(), newest));
            }
            openCommands(wish, stores, newest, walks);
        }
    }

    private static void openCommands(AuditWish wish, PartitionStores stores, long newest, List<AuditWalk> walks) {
        if (wish.wantsCommands()) {
            walks.add(new CommandWalk(stores, wish.account(), newest));
        }
    }

    private static void advance(AuditWalk walk, PriorityQueue<Head> heads) {
        if (walk.hasNext()) {
            heads.add(new Head(walk.next(), walk));
        }
    }

    private Page<AuditEntry> page(AuditWish wish, Optional<AuditPlace> after, int limit, PriorityQueue<Head> heads) {
        List<AuditEntry> items = new ArrayList<>();
        Optional<AuditPlace> lastShown = Optional.empty();
        int lookedAt = 0;
        int bytes = 0;
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            Found found = head.found;
            if (found.place().time() < wish.oldest()) {
                break;
            }
            if (after.isEmpty() || found.place().isBehind(after.get())) {
                if (wish.fits(found)) {
                    if (items.size() == limit) {
                        return new Page<>(
                                items, lastShown.map(place -> place.cursor().encoded()));
                    }
                    items.add(found.entry());
                    bytes += found.bytes();
                    lastShown = Optional.of(found.place());
                }
                lookedAt++;
                if (lookedAt == mostLookedAt || bytes >= Page.MOST_EVENT_BYTES) {
                    return new Page<>(items, Optional.of(found.place().cursor().encoded()));
                }
            }
            advance(head.walk, heads);
        }
        return new Page<>(items, Optional.empty());
    }
}
