/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionShare;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads an account's days while they are written: the days at one moment first, then the live sessions one by one, each with what
 * it has given to its days. A session that was written in between gave something that the days did not hold: a {@link ShareLog}
 * tells what they did. So each session counts once, as it stood when it was looked at.
 */
final class DayReading {

    private final String account;
    private final Predicate<DayKey> wanted;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> rows;
    private final Function<RecordKey, Optional<SessionFigures>> current;
    private final Map<DayKey, AgentDay> days = new HashMap<>();
    /** Groups that a session has left which may have been the one that reached furthest. */
    private final Set<DayKey> unbounded = new HashSet<>();

    /**
     * Prepares a reading.
     *
     * @param wanted which days are wanted
     * @param rows the days' rows
     * @param current a session as it stands, from memory or from its row
     */
    DayReading(
            String account,
            Predicate<DayKey> wanted,
            ReadOnlyKeyValueStore<Bytes, byte[]> rows,
            Function<RecordKey, Optional<SessionFigures>> current) {
        this.account = account;
        this.wanted = wanted;
        this.rows = rows;
        this.current = current;
    }

    /**
     * Reads.
     *
     * @param shares the days
     * @param live the task's live sessions
     * @param look looks at a live session
     */
    AccountDays read(
            DayShares shares, Collection<LiveSession> live, Function<LiveSession, Optional<LiveSession.Shares>> look) {
        Map<RecordKey, LiveSession.Shares> changed = new HashMap<>();
        ShareLog log = new ShareLog(account);
        try {
            days.putAll(shares.watch(account, wanted, rows, log));
            for (LiveSession session : live) {
                if (session.key.account().equals(account)) {
                    look.apply(session).ifPresent(found -> changed.put(session.key, found));
                }
            }
        } finally {
            shares.unwatch(log);
        }
        log.held()
                .forEach((session, held) -> changed.compute(
                        session,
                        (key, found) ->
                                new LiveSession.Shares(held, found == null ? current.apply(key) : found.now())));
        changed.values().forEach(this::replace);
        List<SessionFigures> unwritten =
                changed.values().stream().flatMap(found -> found.now().stream()).toList();
        unbounded.forEach(group -> findBounds(group, unwritten));
        days.values().removeIf(AgentDay::isEmpty);
        return new AccountDays(days, unwritten);
    }

    private void replace(LiveSession.Shares shares) {
        Optional<SessionShare> now = shares.now().map(SessionShare::of);
        shares.written()
                .ifPresent(share -> share.touchedDays().forEach(day -> {
                    DayKey key = new DayKey(account, day, share.agentId());
                    boolean hasLeft =
                            now.filter(is -> DayShares.groupOf(is).equals(key)).isEmpty();
                    if (wanted.test(key) && at(key).subtract(share, day) && hasLeft) {
                        unbounded.add(key);
                    }
                }));
        now.ifPresent(share -> share.touchedDays().forEach(day -> {
            DayKey key = new DayKey(account, day, share.agentId());
            if (wanted.test(key)) {
                at(key).add(share, day);
            }
        }));
    }

    private AgentDay at(DayKey key) {
        return days.computeIfAbsent(key, unknown -> new AgentDay());
    }

    private void findBounds(DayKey group, List<SessionFigures> unwritten) {
        AgentDay day = at(group);
        day.forgetBounds();
        Bytes members = group.members();
        try (KeyValueIterator<Bytes, byte[]> all = rows.range(members, StoreKeys.behind(members))) {
            while (all.hasNext()) {
                String id = DayKey.member(members, all.next().key).sessionId();
                current.apply(RecordKey.ofSession(account, id)).ifPresent(session -> reach(group, day, session));
            }
        }
        unwritten.forEach(session -> reach(group, day, session));
    }

    private static void reach(DayKey group, AgentDay day, SessionFigures session) {
        SessionShare share = SessionShare.of(session);
        if (share.isSession() && DayShares.groupOf(share).equals(group)) {
            day.reach(share);
        }
    }
}
