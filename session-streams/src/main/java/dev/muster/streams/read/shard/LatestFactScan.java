/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.shard.LatestSessions.Latest;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Scans the facts of the sessions that may have wanted ones, as the index says. A session is opened when the scan has come to its last
 * activity, and its facts are read a few at a time: so a page opens those of them that were active since its last fact, or go beyond
 * where it begins.
 */
final class LatestFactScan implements EntryScan {

    private final LatestSessions sessions;
    private final long newest;
    private final PriorityQueue<ScanHead> opened = new PriorityQueue<>(ScanHead.ORDER);
    private Optional<Latest> ahead;
    private Optional<Position> shown = Optional.empty();

    /**
     * Begins a scan.
     *
     * @param partitions sessions that an index shows
     * @param newest later facts are passed over, epoch milliseconds
     */
    LatestFactScan(List<PartitionSessions> partitions, AuditMatcher matcher, long newest) {
        this.newest = newest;
        sessions = new LatestSessions(partitions, matcher.account(), SessionSummary::last, candidates(matcher, newest));
        ahead = sessions.next();
    }

    /** How many sessions a scan opens before its first fact: those that were there before it begins and after. */
    static long opensAtOnce(List<PartitionSessions> partitions, AuditMatcher matcher, long newest) {
        if (newest == Long.MAX_VALUE) {
            return 0;
        }
        Predicate<SessionSummary> candidates = candidates(matcher, newest);
        long[] count = {0};
        partitions.forEach(sessions ->
                sessions.forEach(session -> count[0] += session.last() > newest && candidates.test(session) ? 1 : 0));
        return count[0];
    }

    private static Predicate<SessionSummary> candidates(AuditMatcher matcher, long newest) {
        FactMarks wanted = matcher.marks();
        long oldest = matcher.oldest();
        return session -> session.first() <= newest
                && session.last() >= oldest
                && session.mayHave(wanted)
                && matcher.isThere(session.agentId());
    }

    @Override
    public boolean hasNext() {
        while (ahead.isPresent() && isDue(ahead.get())) {
            Latest session = ahead.get();
            sessions.snapshot(session)
                    .map(snapshot -> new SessionFactScan(snapshot, session.sessionId(), newest))
                    .ifPresent(this::goOn);
            ahead = sessions.next();
        }
        return !opened.isEmpty();
    }

    private boolean isDue(Latest session) {
        ScanHead first = opened.peek();
        return first == null || session.time() >= first.hit().position().value();
    }

    /** What came after the scan had passed by is not shown any more, or the log would be out of order. */
    private void goOn(EntryScan facts) {
        while (facts.hasNext()) {
            AuditHit hit = facts.next();
            if (ListOrder.DESCENDING.isAfter(hit.position(), shown)) {
                opened.add(new ScanHead(hit, facts));
                return;
            }
        }
    }

    @Override
    public AuditHit next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is at its end");
        }
        ScanHead first = opened.remove();
        shown = Optional.of(first.hit().position());
        goOn(first.scan());
        return first.hit();
    }
}
