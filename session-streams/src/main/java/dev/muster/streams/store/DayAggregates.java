/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.StateOutput;
import dev.muster.streams.store.DayKey.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Keeps the sum over the written sessions' shares, by agent and day. When a session is written, its share as it was goes out and
 * as it is comes in; the changed sums are gathered until the next commit.
 *
 * <p>A row of its own says whether the rows are the sum of the sessions': Kafka Streams (seen in 4.3.1) commits what a task
 * has sent before it closes it as corrupted, and so the row of a session without the sum that was gathered. Where the sum is not
 * whole, or was never made, it is made anew of the sessions' rows, step by step; until then nobody is shown it.
 *
 * <p>One stream thread writes; others may {@link #watch}.
 */
final class DayAggregates {

    /** So many gathered days are written before the commit. */
    static final int MAX_GATHERED = 1024;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<Bytes, byte[]> sessions;
    private final AgentListener agents;
    private final StateOutput out = new StateOutput();
    private final Map<DayKey, Gathered> gathered = new HashMap<>();
    private final Set<DayContributionLog> logs = new HashSet<>();
    private final DaysRemaking remaking;
    private DaysProgress progress;
    private boolean isChanging;

    /**
     * A day that is to be written.
     *
     * @param isStored whether there is a row of it
     */
    private record Gathered(AgentDay day, boolean isStored) {}

    /** Hears what is known of agents. */
    interface AgentListener {
        /** An agent's row says something else. */
        void known(String account, String agentId, AgentRecord record);
    }

    /** Opens the days in their store; nothing is written before the first change or step. */
    DayAggregates(SessionStores stores, AgentListener agents) {
        this.agents = agents;
        rows = stores.days();
        sessions = stores.sessions();
        remaking = new DaysRemaking(stores);
        progress = DaysProgress.of(rows, sessions);
    }

    /** Must be called before a session's own row changes. */
    synchronized void begin() {
        if (!isChanging) {
            DaysProgress.UNKNOWN.writeTo(rows);
            isChanging = true;
        }
    }

    /** Takes a step of making the sum anew, if it is not whole, in which it looks at so many rows at most. */
    synchronized void makeWhole(int most) {
        if (!progress.isWhole()) {
            begin();
            progress = remaking.step(progress, most, row -> {
                Optional<DayContribution> contribution = shareIn(row);
                contribution.ifPresent(given -> add(given, Optional.empty()));
                moveMember(Optional.empty(), contribution);
                record(Optional.empty(), contribution);
                writeIfTooMany();
            });
        }
    }

    /** Whether the sum is of all sessions. */
    synchronized boolean areWhole() {
        return progress.isWhole();
    }

    /** The share of a session as its row has it. */
    static Optional<DayContribution> shareIn(byte[] row) {
        return Optional.of(SessionAggregate.read(row))
                .filter(SessionAggregate::isShared)
                .map(DayContribution::of);
    }

    /**
     * A session's row has changed.
     *
     * @param before the share that was written before; nobody changes it any more
     * @param after the share as it is written now; empty when the session has gone
     */
    synchronized void change(RecordKey session, Optional<DayContribution> before, Optional<DayContribution> after) {
        logs.forEach(log -> log.changed(session, before));
        if (progress.has(Bytes.wrap(StoreKeys.session(session.account(), session.sessionId())))) {
            move(before, after);
        }
        record(before, after);
        writeIfTooMany();
    }

    private void move(Optional<DayContribution> before, Optional<DayContribution> after) {
        boolean bounded = before.isPresent() && subtract(before.get(), after);
        after.ifPresent(contribution -> add(contribution, before));
        moveMember(before, after);
        before.ifPresent(was -> {
            // A session that stays reaches at least as far as it did.
            if (bounded && after.filter(is -> groupOf(is).equals(groupOf(was))).isEmpty()) {
                findBounds(was);
            }
        });
    }

    private void add(DayContribution contribution, Optional<DayContribution> before) {
        for (long day : contribution.touchedDays()) {
            if (!isSame(contribution, before, day)) {
                at(contribution, day).add(contribution, day);
            }
        }
    }

    private boolean subtract(DayContribution contribution, Optional<DayContribution> after) {
        boolean bounded = false;
        for (long day : contribution.touchedDays()) {
            if (!isSame(contribution, after, day)) {
                bounded |= at(contribution, day).subtract(contribution, day);
            }
        }
        return bounded;
    }

    /** A session of many days changes few of them at a time. */
    private static boolean isSame(DayContribution contribution, Optional<DayContribution> other, long day) {
        return other.isPresent() && contribution.isSameOn(day, other.get());
    }

    static DayKey groupOf(DayContribution contribution) {
        return new DayKey(contribution.account(), contribution.startDay(), contribution.agentId());
    }

    private AgentDay at(DayContribution contribution, long day) {
        return at(new DayKey(contribution.account(), day, contribution.agentId()));
    }

    private AgentDay at(DayKey key) {
        return gathered.computeIfAbsent(key, this::load).day();
    }

    private Gathered load(DayKey key) {
        byte[] row = rows.get(key.toBytes());
        return row == null ? new Gathered(new AgentDay(), false) : new Gathered(AgentDay.read(row), true);
    }

    private void moveMember(Optional<DayContribution> before, Optional<DayContribution> after) {
        Optional<Bytes> from = before.flatMap(DayAggregates::memberKey);
        Optional<Bytes> to = after.flatMap(DayAggregates::memberKey);
        if (!from.equals(to)) {
            from.ifPresent(rows::delete);
            to.ifPresent(key -> rows.put(key, NOTHING));
        }
    }

    private static Optional<Bytes> memberKey(DayContribution contribution) {
        return contribution.isSession()
                ? Optional.of(groupOf(contribution)
                        .member(new Member(contribution.session().first(), contribution.sessionId())))
                : Optional.empty();
    }

    /** A session has left its group, and may have been the one that reached furthest. */
    private void findBounds(DayContribution gone) {
        DayKey group = groupOf(gone);
        AgentDay day = at(group);
        Bytes members = group.members();
        try (KeyValueIterator<Bytes, byte[]> left = rows.reverseRange(members, StoreKeys.endOf(members))) {
            day.startAt(left.hasNext() ? DayKey.member(members, left.next().key).start() : Long.MAX_VALUE);
        }
        if (!day.isLatest(gone)) {
            return;
        }
        day.forgetLatest();
        try (KeyValueIterator<Bytes, byte[]> left = rows.range(members, StoreKeys.endOf(members))) {
            while (left.hasNext()) {
                String id = DayKey.member(members, left.next().key).sessionId();
                byte[] row = sessions.get(Bytes.wrap(StoreKeys.session(gone.account(), id)));
                if (row != null) {
                    day.reach(DayContribution.of(SessionAggregate.read(row)));
                }
            }
        }
    }

    /** What is known of an agent changes when a session comes to it, tells something else of it, or goes. */
    private void record(Optional<DayContribution> before, Optional<DayContribution> after) {
        if (after.isEmpty()) {
            before.ifPresent(gone -> record(gone, AgentRecord.ofGone(gone.session())));
        } else if (before.filter(was -> isSame(was, after.get())).isEmpty()) {
            record(after.get(), AgentRecord.of(after.get().session()));
        }
    }

    private static boolean isSame(DayContribution was, DayContribution is) {
        return was.agentId().equals(is.agentId())
                && AgentRecord.of(was.session()).equals(AgentRecord.of(is.session()));
    }

    private void record(DayContribution contribution, AgentRecord told) {
        Bytes key = DayKey.agent(contribution.account(), contribution.agentId());
        Optional<AgentRecord> known = Optional.ofNullable(rows.get(key)).map(AgentRecord::read);
        AgentRecord now = known.map(agent -> agent.with(told)).orElse(told);
        if (!known.equals(Optional.of(now))) {
            rows.put(key, now.toBytes(out));
            agents.known(contribution.account(), contribution.agentId(), now);
        }
    }

    private void writeIfTooMany() {
        if (gathered.size() > MAX_GATHERED) {
            write();
        }
    }

    private void write() {
        gathered.forEach((key, changed) -> {
            if (!changed.day().isEmpty()) {
                rows.put(key.toBytes(), changed.day().toBytes(out));
            } else if (changed.isStored()) {
                rows.delete(key.toBytes());
            }
        });
        gathered.clear();
    }

    /** Writes what is gathered. */
    synchronized void flush() {
        if (isChanging) {
            write();
            progress.writeTo(rows);
            isChanging = false;
        }
    }

    /**
     * Some days as they are at this moment, the gathered ones over the rows, for the caller to change; from now on a log hears
     * which sessions' shares change.
     *
     * @throws DaysMadeAnewException while the days are made anew
     */
    synchronized Map<DayKey, AgentDay> watch(
            Set<DayKey> wanted, ReadOnlyKeyValueStore<Bytes, byte[]> stored, DayContributionLog log) {
        if (!progress.isWhole()) {
            throw new DaysMadeAnewException();
        }
        logs.add(log);
        Map<DayKey, AgentDay> days = new HashMap<>();
        for (DayKey key : wanted) {
            Gathered changed = gathered.get(key);
            if (changed == null) {
                AccountDays.read(key, stored).ifPresent(day -> days.put(key, day));
            } else {
                AgentDay copy = new AgentDay();
                copy.add(changed.day());
                days.put(key, copy);
            }
        }
        return days;
    }

    /** The log hears no more. */
    synchronized void unwatch(DayContributionLog log) {
        logs.remove(log);
    }
}
