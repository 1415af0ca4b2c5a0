/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.AccountIndex;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.SessionCopy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What of a task's live sessions is not, or not yet, in its stores' rows. Any thread may ask, while the stream thread writes: a
 * session is copied under its lock.
 */
public final class LiveSessionView {

    private final LiveSessionCache map;
    private final CountListener listener;
    private final Supplier<@Nullable SessionWriter> rows;

    /**
     * Reads of sessions.
     *
     * @param listener hears what is counted because it is looked at
     * @param rows what lies under them; null while there is nothing
     */
    LiveSessionView(LiveSessionCache map, CountListener listener, Supplier<@Nullable SessionWriter> rows) {
        this.map = map;
        this.listener = listener;
        this.rows = rows;
    }

    /**
     * A live session as it stands; empty when it is not in memory, or has only been opened, and then its rows are up to
     * date.
     */
    public Optional<SessionCopy> copy(RecordKey key) {
        return map.find(key).filter(LiveSession::isShown).flatMap(live -> live.copy(listener));
    }

    /** The index of an account's sessions as they are now; empty where there is none. */
    public Optional<AccountIndex> index(String account) {
        SessionWriter bound = rows.get();
        return bound == null ? Optional.empty() : bound.indexed.of(account, listener);
    }

    /** The last activity of an account's live sessions, by session id. */
    public Map<String, Long> activity(String account) {
        Map<String, Long> result = new HashMap<>();
        of(account).filter(LiveSession::isShown).forEach(live -> result.put(live.key.sessionId(), live.lastActivity()));
        return result;
    }

    /**
     * Shows the entries of an account's list that are not written yet, in no order. Sessions that leave memory stand here
     * until the next commit: whoever wants all of them looks at the live ones first, then here, and opens the store's
     * iterator in the reader, for meanwhile no entry is moved.
     */
    public <T> T gathered(String account, Function<List<ListPage.Entry>, T> reader) {
        SessionWriter bound = rows.get();
        return bound == null ? reader.apply(List.of()) : bound.list.gathered(account, reader);
    }

    /**
     * Some of an account's days as they stand, live sessions included, each as it is looked at.
     *
     * @param wanted which days are wanted
     * @param agents whose days these are: other agents' sessions are passed over
     * @param days the days' rows
     * @param sessions the sessions' rows
     */
    public AccountDays days(
            String account,
            Set<DayKey> wanted,
            Predicate<String> agents,
            ReadOnlyKeyValueStore<Bytes, byte[]> days,
            ReadOnlyKeyValueStore<Bytes, byte[]> sessions) {
        SessionWriter bound = rows.get();
        if (bound == null) {
            return AccountDays.ofRows(wanted, days);
        }
        // Told of every session, the live ones know whose they are.
        bound.indexed.of(account, listener);
        Function<RecordKey, Optional<SessionAggregate>> current = key -> copy(key)
                .map(SessionCopy::row)
                .or(() -> Optional.ofNullable(
                        sessions.get(Bytes.wrap(StoreKeys.session(key.account(), key.sessionId())))))
                .map(SessionAggregate::read)
                .filter(SessionAggregate::isShared);
        return new DayReading(account, wanted, days, current)
                .read(
                        bound.days,
                        map.all(),
                        live -> live.mayGiveTo(agents) ? live.contributions(listener) : Optional.empty());
    }

    /**
     * When an account's live sessions have taken in events that the audit log's index has no row of, by session id; each may be
     * there as well a moment later, so whoever wants all looks here first.
     */
    public Map<String, long[]> unindexed(String account) {
        Map<String, long[]> result = new HashMap<>();
        of(account).forEach(live -> {
            long[] times = live.unindexed();
            if (times.length > 0) {
                result.put(live.key.sessionId(), times);
            }
        });
        return result;
    }

    private Stream<LiveSession> of(String account) {
        return map.all().stream().filter(live -> live.key.account().equals(account));
    }
}
