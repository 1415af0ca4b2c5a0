/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.TopRows;
import dev.muster.streams.read.shard.SessionScan.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds an account's sessions in the partitions hosted here. They are listed in the order of their last activity, so a page in
 * that order costs by its own size, and looks at a bounded number of sessions if few of them fit. For any other order every
 * session of the window is looked at for every page.
 */
final class LocalSessions {

    private final AgentControls controls;

    LocalSessions(AgentControls controls) {
        this.controls = controls;
    }

    Slice<SessionHit> slice(List<PartitionStores> hosted, SessionQuery query) {
        SessionMatcher matcher = new SessionMatcher(query.filter(), controls, query.now());
        return query.sort() == SessionSort.LAST_ACTIVITY ? latest(hosted, query, matcher) : top(hosted, query, matcher);
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

    private static Slice<SessionHit> top(List<PartitionStores> hosted, SessionQuery query, SessionMatcher matcher) {
        TopRows<SessionHit> top = new TopRows<>(ListOrder.DESCENDING, query.after(), query.limit());
        try (SessionScan scan = new SessionScan(hosted, query.account(), Long.MAX_VALUE)) {
            Optional<Candidate> next = scan.next();
            while (next.isPresent() && next.get().lastActivity() >= matcher.since()) {
                scan.figures(next.get())
                        .filter(matcher::fits)
                        .ifPresent(session -> top.add(new SessionHit(
                                new Position(SortValues.of(session, query.sort()), session.id()), session)));
                next = scan.next();
            }
        }
        TopRows.Cut<SessionHit> cut = top.cut();
        return new Slice<>(cut.rows(), cut.end(), Coverage.of(hosted));
    }

    AgentDays days(List<PartitionStores> hosted, SessionDaysQuery query) {
        PackedDays groups = new PackedDays();
        SessionMatcher matcher = new SessionMatcher(query.filter(), controls, query.now());
        try (SessionScan scan = new SessionScan(hosted, query.account(), Long.MAX_VALUE)) {
            Optional<Candidate> next = scan.next();
            for (int lookedAt = 0;
                    lookedAt < query.budget() && next.isPresent() && next.get().lastActivity() >= matcher.since();
                    lookedAt++) {
                scan.figures(next.get())
                        .filter(matcher::fits)
                        .filter(SessionAggregate::isShared)
                        .ifPresent(session -> addTo(groups, DayContribution.of(session)));
                next = scan.next();
            }
        }
        return new AgentDays(groups, Map.of(), Coverage.of(hosted));
    }

    private static void addTo(PackedDays groups, DayContribution share) {
        AgentDay group = new AgentDay();
        group.add(share, share.startDay());
        groups.add(new AgentDate(share.agentId(), share.startDay()), group);
    }
}
