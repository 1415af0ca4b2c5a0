/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.shard.SessionScan.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds an account's sessions in the partitions hosted here: in the index, whatever the order and the filter, and then the rows of
 * those that are on the page. Where a partition has no index, a page in the order of the last activity walks the list instead, and
 * looks at a bounded number of sessions; for any other order every session's row is read.
 */
final class LocalSessions {

    private final AgentControls controls;

    LocalSessions(AgentControls controls) {
        this.controls = controls;
    }

    Slice<SessionHit> slice(List<PartitionStores> hosted, SessionQuery query) {
        SessionMatcher matcher = new SessionMatcher(query.account(), query.filter(), controls, query.now());
        List<PartitionSessions> partitions = sessions(hosted, query.account());
        return PartitionSessions.areIndexed(partitions) || query.sort() != SessionSort.LAST_ACTIVITY
                ? top(partitions, query, matcher)
                : latest(hosted, query, matcher);
    }

    static List<PartitionSessions> sessions(List<PartitionStores> hosted, String account) {
        return hosted.stream()
                .map(stores -> new PartitionSessions(stores, account))
                .toList();
    }

    private static Slice<SessionHit> top(
            List<PartitionSessions> partitions, SessionQuery query, SessionMatcher matcher) {
        TopSessions top = new TopSessions(
                session -> SortValues.of(session, query.sort()),
                session -> !session.isOfAgent() && matcher.fits(session),
                query.after(),
                query.limit());
        return slice(partitions, query.account(), top, matcher::fits);
    }

    /** The sessions of a day group, the latest begun first. */
    Slice<SessionHit> ofDay(List<PartitionStores> hosted, DaySessionsQuery query) {
        String agentId = query.group().agentId();
        long day = query.group().day();
        TopSessions top = new TopSessions(
                SessionSummary::first,
                session -> !session.isOfAgent() && session.startDay() == day && agentId.equals(session.agentId()),
                query.after(),
                query.limit());
        return slice(
                sessions(hosted, query.account()),
                query.account(),
                top,
                session -> agentId.equals(session.agentId()) && session.startDay() == day);
    }

    /** Those that have changed since, so that they are not wanted any more, are left out. */
    private static Slice<SessionHit> slice(
            List<PartitionSessions> partitions,
            String account,
            TopSessions top,
            Predicate<SessionAggregate> isStillWanted) {
        partitions.forEach(top::look);
        List<SessionHit> rows = new ArrayList<>();
        for (TopSessions.Found found : top.first()) {
            SessionSnapshot.figures(
                            found.stores(),
                            RecordKey.ofSession(account, found.position().id()))
                    .filter(isStillWanted)
                    .ifPresent(session -> rows.add(new SessionHit(found.position(), session)));
        }
        return new Slice<>(
                rows,
                top.end(),
                Coverage.of(partitions.stream().map(PartitionSessions::stores).toList()));
    }

    private static Slice<SessionHit> latest(List<PartitionStores> hosted, SessionQuery query, SessionMatcher matcher) {
        List<SessionHit> rows = new ArrayList<>();
        Optional<Position> scannedTo = query.after();
        int lookedAt = 0;
        long newest = query.after().map(Position::value).orElse(Long.MAX_VALUE);
        try (SessionScan scan = new SessionScan(hosted, query.account(), newest)) {
            Optional<Candidate> next = scan.next();
            while (next.isPresent() && next.get().lastActivity() >= matcher.since()) {
                Candidate candidate = next.get();
                if (ListOrder.DESCENDING.isAfter(candidate.position(), query.after())) {
                    Optional<SessionAggregate> fitting = scan.figures(candidate).filter(matcher::fits);
                    if (lookedAt++ == query.budget() || (rows.size() == query.limit() && fitting.isPresent())) {
                        return new Slice<>(rows, scannedTo, Coverage.of(hosted));
                    }
                    fitting.ifPresent(session -> rows.add(new SessionHit(candidate.position(), session)));
                    scannedTo = Optional.of(candidate.position());
                }
                next = scan.next();
            }
        }
        return new Slice<>(rows, Optional.empty(), Coverage.of(hosted));
    }
}
