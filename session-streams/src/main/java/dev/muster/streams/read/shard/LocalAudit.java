/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Reads an account's audit log in the partitions hosted here, the newest first. A page costs by what is looked at for it:
 * without a filter by its own size; with one the index says which sessions may have facts that are wanted, and of these the facts are
 * looked at, at most the query's budget.
 */
final class LocalAudit {

    /** Where more sessions would have to be opened for the first entry, the log is walked by its times. */
    private static final int MOST_OPENED = 256;

    private final Partitions partitions;
    private final AgentControls controls;

    LocalAudit(Partitions partitions, AgentControls controls) {
        this.partitions = partitions;
        this.controls = controls;
    }

    Slice<AuditHit> slice(AuditQuery query) {
        List<PartitionStores> asked = asked(query);
        AuditMatcher matcher = new AuditMatcher(query.account(), query.filter(), controls);
        long newest =
                Math.min(matcher.newest(), query.after().map(Position::value).orElse(Long.MAX_VALUE));
        List<EntryScan> scans = new ArrayList<>();
        try {
            if (matcher.wantsEvents()) {
                openEvents(asked, matcher, newest, scans);
            }
            if (matcher.wantsCommands()) {
                asked.forEach(stores -> scans.add(new CommandScan(stores, matcher.account(), newest)));
            }
            PriorityQueue<ScanHead> heads = new PriorityQueue<>(ScanHead.ORDER);
            scans.forEach(scan -> advance(scan, heads));
            return slice(query, matcher, heads, Coverage.of(asked));
        } finally {
            scans.forEach(EntryScan::close);
        }
    }

    /** The partitions that the query is about. */
    private List<PartitionStores> asked(AuditQuery query) {
        return query.filter()
                .sessionId()
                .map(id -> RecordKey.ofSession(query.account(), id))
                .map(key -> partitions.host(key) ? List.of(partitions.of(key)) : List.<PartitionStores>of())
                .orElseGet(partitions::all);
    }

    private static void openEvents(
            List<PartitionStores> asked, AuditMatcher matcher, long newest, List<EntryScan> scans) {
        String account = matcher.account();
        Optional<String> sessionId = matcher.filter().sessionId();
        if (sessionId.isPresent()) {
            RecordKey key = RecordKey.ofSession(account, sessionId.get());
            for (PartitionStores stores : asked) {
                SessionSnapshot.of(stores, key)
                        .ifPresent(session -> scans.add(new SessionFactScan(session, key.sessionId(), newest)));
            }
            return;
        }
        List<PartitionSessions> sessions = LocalSessions.sessions(asked, account);
        if (!matcher.marks().isEmpty()
                && PartitionSessions.areIndexed(sessions)
                && LatestFactScan.opensAtOnce(sessions, matcher, newest) <= MOST_OPENED) {
            scans.add(new LatestFactScan(sessions, matcher, newest));
        } else {
            asked.forEach(stores -> scans.add(new FactScan(stores, account, newest)));
        }
    }

    private static void advance(EntryScan scan, PriorityQueue<ScanHead> heads) {
        if (scan.hasNext()) {
            heads.add(new ScanHead(scan.next(), scan));
        }
    }

    private static Slice<AuditHit> slice(
            AuditQuery query, AuditMatcher matcher, PriorityQueue<ScanHead> heads, Coverage coverage) {
        List<AuditHit> rows = new ArrayList<>();
        int lookedAt = 0;
        int bytes = 0;
        for (ScanHead head = heads.poll(); head != null; head = heads.poll()) {
            AuditHit hit = head.hit();
            if (hit.position().value() < matcher.oldest()) {
                break;
            }
            if (ListOrder.DESCENDING.isAfter(hit.position(), query.after())) {
                if (matcher.fits(hit)) {
                    if (rows.size() == query.limit()) {
                        return new Slice<>(
                                rows, Optional.of(rows.get(rows.size() - 1).position()), coverage);
                    }
                    rows.add(hit);
                    bytes += hit.bytes();
                }
                lookedAt++;
                if (lookedAt == query.budget() || bytes >= query.maxBytes()) {
                    return new Slice<>(rows, Optional.of(hit.position()), coverage);
                }
            }
            advance(head.scan(), heads);
        }
        return new Slice<>(rows, Optional.empty(), coverage);
    }
}
