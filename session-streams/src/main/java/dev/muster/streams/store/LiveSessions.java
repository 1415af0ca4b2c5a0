/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.model.SessionShare;
import dev.muster.streams.model.StateOutput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in use, as objects in memory, laid over the task's other stores. Before each commit Kafka Streams calls
 * {@link #flushCache} (of an interface of its own, used here only). What a commit writes is the {@link Journal} of the
 * events taken in; a session's own rows are written when it has been dirty for a while, has gathered half a chunk of facts, or is
 * evicted.
 *
 * <p>The same store is closed, and initialised anew when its task is revived: whatever it held is then worth nothing, and is
 * dropped. A standby task has this store too, and never binds it.
 *
 * <p>One stream thread writes; others may read copies, made under the session's lock.
 */
public final class LiveSessions implements StateStore, CachedStateStore<byte[], byte[]> {

    /** The store's name. */
    public static final String NAME = "live";

    /** A session's place in the list is moved when its activity is at least so much later, or when it is evicted. */
    public static final long LISTED_WITHIN_MS = 60_000;

    /** With so many times that the audit log's index does not have, a session does not wait for the commit. */
    private static final int MOST_TIMES = 4096;

    private static final int ACCOUNT = EventBody.position("account");
    private static final int SESSION_ID = EventBody.position("sessionId");
    private static final int AGENT_ID = EventBody.position("agentId");
    private static final int TIMESTAMP = EventBody.position("timestamp");

    private final SessionRules rules;
    private final Bounds bounds;
    private final CountListener listener;
    private final BlockPool pool;
    private final LiveMap map = new LiveMap();
    private final StateOutput out = new StateOutput();
    private volatile @Nullable Under bound;
    private volatile boolean open;

    /** The task's other stores, and who writes to them. */
    private record Under(SessionStores stores, WriteBehind behind, ListPages list, DayShares days, AuditIndex audit) {}

    /**
     * What a task's live sessions may take.
     *
     * @param weight about how many bytes of sessions are held in memory; up to a sixth more may be kept for events to come
     * @param journalBytes about how many bytes the journal's pieces may have before the longest dirty sessions are written
     * @param dirtyFor how long a session may be dirty before it is written
     */
    public record Bounds(long weight, long journalBytes, Duration dirtyFor) {

        /** So much memory in all, an eighth of it for the journal and for blocks that wait for events each; half a minute. */
        public static Bounds of(long bytes) {
            return new Bounds(bytes * 3 / 4, bytes / 8, Duration.ofSeconds(30));
        }
    }

    LiveSessions(SessionRules rules, Bounds bounds, CountListener listener) {
        this.rules = rules;
        this.bounds = bounds;
        this.listener = listener;
        pool = new BlockPool(bounds.weight() / 6);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        drop();
        context.register(root, (key, value) -> {
            throw new IllegalStateException("live sessions have no changelog to restore");
        });
        open = true;
    }

    /**
     * Lays this store over the task's others, without which there is nothing to read or write, and applies what stands in
     * the journal. Nothing is written: that is not allowed before the first record.
     *
     * @param now the clock, epoch milliseconds
     */
    public void bind(SessionStores under, long now) {
        drop();
        Journal journal = new Journal(under.journal());
        WriteBehind writes = new WriteBehind(journal, bounds.journalBytes(), bounds.dirtyFor(), now, listener);
        bound = new Under(
                under, writes, new ListPages(under.activity()), new DayShares(under), new AuditIndex(under.audit()));
        journal.replay((piece, appendTime, event) -> {
            LiveSession live = live(Bytes.wrap(keyOf(event).toBytes()), () -> keyOf(event), now);
            add(live, event, appendTime);
            // A piece that was full was written before the commit that would have indexed what is in it.
            tellTime(live, event);
            writes.changed(live, piece);
        });
    }

    /** Whether this is an active task's: a standby's is never bound. */
    public boolean isBound() {
        return bound != null;
    }

    /**
     * Takes an event in.
     *
     * @param key the bytes of its session's record key, or its agent's
     * @param event valid during the call
     * @param appendTime when its record was appended, epoch milliseconds
     * @param now the clock, epoch milliseconds
     */
    public void take(Bytes key, EventBody event, long appendTime, long now) {
        WriteBehind writes = under().behind;
        LiveSession live = live(key, () -> keyOf(event), now);
        writes.tick(now);
        writes.add(live, appendTime, event);
        add(live, event, appendTime);
        if (tellTime(live, event) >= MOST_TIMES) {
            WriteBehind.wholly(() -> under().audit.flush(live));
        }
        live.touchedAt = now;
        if (writes.isWorthWritingNow(live)) {
            write(live, false);
        }
        evict(live);
    }

    /**
     * Takes a command in, and writes its session, for a command is not journalled. A session that has no event yet is not shown,
     * but knows of it.
     *
     * @param key its session's record key
     * @param command what it does; it says whether that changed anything
     * @param now the clock, epoch milliseconds
     */
    public void command(RecordKey key, Predicate<Session> command, long now) {
        WriteBehind writes = under().behind;
        LiveSession live = live(Bytes.wrap(key.toBytes()), () -> key, now);
        writes.tick(now);
        live.with(listener, session -> {
            if (command.test(session)) {
                writes.changed(live);
            }
        });
        live.touchedAt = now;
        if (live.isDirty) {
            write(live, false);
        }
        evict(live);
    }

    /**
     * Keeps a command for the audit log.
     *
     * @param time when it was given, epoch milliseconds
     * @param value its record's value
     */
    public void audit(String account, long time, byte[] value) {
        under().audit.command(account, time, value);
    }

    private int tellTime(LiveSession live, EventBody event) {
        int times = live.tellTime(event.number(TIMESTAMP));
        if (times == 1) {
            under().audit.tells(live);
        }
        return times;
    }

    private void add(LiveSession live, EventBody event, long appendTime) {
        boolean hasGrown = live.add(event, event.number(TIMESTAMP), appendTime, pool);
        // No more wait than are worth writing: they are counted just before.
        if (live.waiting >= WriteBehind.WORTH_WRITING) {
            live.count(listener);
            live.release(pool);
            hasGrown = true;
        }
        if (hasGrown) {
            map.reweigh(live);
        }
    }

    /** Hears what the clock is, epoch milliseconds, also while no events come. */
    public void tick(long now) {
        under().behind.tick(now);
        WriteBehind.wholly(under().days::makeWhole);
    }

    private LiveSession live(Bytes bytes, Supplier<RecordKey> key, long now) {
        LiveSession live = map.find(bytes);
        if (live != null) {
            return live;
        }
        LiveSession opened = open(key.get());
        map.put(opened, now);
        map.reweigh(opened);
        return opened;
    }

    private LiveSession open(RecordKey key) {
        StoredRows rows = new StoredRows(under().stores, key.account(), key.sessionId());
        byte[] row = rows.session();
        if (row == null) {
            return new LiveSession(key, () -> Session.begin(key.account(), key.sessionId(), rows, rules));
        }
        Session session = Session.load(row, rows, rules);
        place(key, session).filter(place -> !under().list.has(place)).ifPresent(lost -> session.setUnlisted());
        return new LiveSession(key, session);
    }

    private static RecordKey keyOf(EventBody event) {
        String account = event.requiredText(ACCOUNT);
        return event.has(SESSION_ID)
                ? RecordKey.ofSession(account, event.requiredText(SESSION_ID))
                : RecordKey.ofAgent(account, event.requiredText(AGENT_ID));
    }

    private Under under() {
        Under under = bound;
        if (under == null) {
            throw new IllegalStateException("the live sessions are not bound to the stores under them");
        }
        return under;
    }

    @Override
    public void flushCache() {
        Under under = bound;
        if (under != null && under.behind.isWritable()) {
            under.behind.commit(live -> write(live, false));
            writeList();
            WriteBehind.wholly(under.days::flush);
            WriteBehind.wholly(under.audit::flush);
        }
    }

    /** The one place where a session's rows are written. */
    private void write(LiveSession live, boolean exactly) {
        live.with(
                listener,
                session -> WriteBehind.wholly(() -> {
                    list(live.key, session, exactly);
                    if (session.isDirty()) {
                        writeRows(live.key, session);
                    }
                }));
        live.release(pool);
        map.reweigh(live);
        under().behind.written(live);
    }

    private void writeRows(RecordKey key, Session session) {
        under().days.begin();
        Optional<SessionShare> before = session.writtenShare();
        session.write(out);
        under().days.change(key, before, session.share());
        session.markClean();
    }

    private void list(RecordKey key, Session session, boolean exactly) {
        Optional<Listed> place = place(key, session);
        long last = session.lastActivity();
        if (last == Long.MIN_VALUE) {
            listCommanded(key, session, place);
            return;
        }
        long later = last - place.map(Listed::lastActivity).orElse(last);
        if (place.isPresent() && later >= 0 && later < (exactly ? 1 : LISTED_WITHIN_MS)) {
            return;
        }
        session.setListed(last, under().list.move(place, key, last));
    }

    /** Nothing but a command is known of it: it is where retention finds it. */
    private void listCommanded(RecordKey key, Session session, Optional<Listed> place) {
        if (place.isEmpty()) {
            long now = under().behind.now();
            session.setListed(now, under().list.move(place, key, now));
        }
    }

    private static Optional<Listed> place(RecordKey key, Session session) {
        return Listed.of(key, session.listedAt(), session.listedPage());
    }

    /** Writes the pages of the list that are gathered, so that the store has all of it. */
    void writeList() {
        WriteBehind.wholly(under().list::flush);
    }

    /** Makes room: the sessions longest unused are written, then removed. */
    private void evict(LiveSession spared) {
        while (map.weight() > bounds.weight()) {
            LiveSession eldest = map.eldest();
            if (eldest == spared) {
                return;
            }
            writeAndRemove(eldest);
        }
    }

    /** Evicts what was not used since a time, epoch milliseconds. */
    public void evictUnusedSince(long time) {
        map.unusedSince(time).forEach(this::writeAndRemove);
    }

    private void writeAndRemove(LiveSession live) {
        write(live, true);
        WriteBehind.wholly(() -> under().audit.flush(live));
        remove(live);
    }

    private void remove(LiveSession live) {
        under().behind.written(live);
        map.remove(live);
    }

    /**
     * Deletes a session whose last event is older than a time, in memory and in all stores; not one that is newer than this
     * place in the list says.
     *
     * @param place where the session was found
     * @param time epoch milliseconds
     */
    void deleteIfOlder(Listed place, long time) {
        RecordKey key = place.session();
        Optional<LiveSession> live = map.find(key);
        if (live.isPresent()) {
            if (live.get().lastActivity() >= time) {
                return;
            }
            under().audit.forget(live.get());
            remove(live.get());
        }
        StoredRows rows = new StoredRows(under().stores, key.account(), key.sessionId());
        Optional<Listed> elsewhere = live.isEmpty() ? newerElsewhere(rows, place, time) : Optional.empty();
        if (elsewhere.isEmpty()) {
            delete(key, rows);
        }
        if (elsewhere.isEmpty() || under().list.has(elsewhere.get())) {
            under().list.remove(place);
        }
    }

    private void delete(RecordKey key, StoredRows rows) {
        WriteBehind.wholly(() -> {
            under().days.begin();
            Optional<SessionShare> share = Optional.ofNullable(rows.session()).flatMap(DayShares::shareIn);
            rows.deleteAll();
            under().days.change(key, share, Optional.empty());
        });
    }

    /** The place that a session's row tells of, if it is another one and the session is not old enough. */
    private static Optional<Listed> newerElsewhere(StoredRows rows, Listed place, long time) {
        return Optional.ofNullable(rows.session())
                .map(SessionFigures::read)
                .filter(session -> session.last() >= time)
                .flatMap(session -> Listed.of(place.session(), session.listedAt(), session.listedPage()))
                .filter(own -> !own.equals(place));
    }

    /**
     * Deletes what the audit log has of an account from before a time, a bounded step.
     *
     * @return whether there may be more
     */
    boolean deleteAudit(String account, long time) {
        return under().audit.deleteBefore(account, time);
    }

    /** The next account behind one with anything in the audit log; empty at the end. */
    String auditedBehind(String account) {
        return under().audit.accountBehind(account);
    }

    /**
     * When an account's live sessions have taken in events that the audit log's index has no row of, by session id; each may be
     * there as well a moment later, so whoever wants all looks here first.
     */
    public Map<String, long[]> unindexed(String account) {
        Map<String, long[]> result = new HashMap<>();
        for (LiveSession live : map.all()) {
            if (live.key.account().equals(account)) {
                long[] times = live.unindexed();
                if (times.length > 0) {
                    result.put(live.key.sessionId(), times);
                }
            }
        }
        return result;
    }

    /** Deletes the rows before a time of the live sessions that began before it, epoch milliseconds. */
    public void trim(long time) {
        for (LiveSession live : map.all()) {
            if (live.start() < time) {
                live.with(listener, session -> {
                    if (session.trim(time)) {
                        under().behind.changed(live);
                    }
                });
                map.reweigh(live);
            }
        }
    }

    /**
     * A live session as it stands; empty when it is not in memory, or has only been opened, and then its rows are up to
     * date.
     */
    public Optional<SessionCopy> copy(RecordKey key) {
        return map.find(key).filter(LiveSession::isShown).flatMap(live -> live.copy(listener));
    }

    /** The last activity of an account's live sessions, by session id. */
    public Map<String, Long> activity(String account) {
        Map<String, Long> result = new HashMap<>();
        for (LiveSession live : map.all()) {
            if (live.key.account().equals(account) && live.isShown()) {
                result.put(live.key.sessionId(), live.lastActivity());
            }
        }
        return result;
    }

    /**
     * Shows the entries of an account's list that are not written yet, in no order. Sessions that leave memory stand here
     * until the next commit: whoever wants all of them looks at the live ones first, then here, and opens the store's
     * iterator in the reader, for meanwhile no entry is moved.
     */
    public <T> T gathered(String account, Function<List<ListPage.Entry>, T> reader) {
        Under under = bound;
        return under == null ? reader.apply(List.of()) : under.list.gathered(account, reader);
    }

    /** The account's live sessions whose rows are not up to date, as they stand. */
    public List<SessionFigures> unwritten(String account) {
        return map.all().stream()
                .filter(live -> live.key.account().equals(account))
                .flatMap(live -> live.shares(listener).stream())
                .flatMap(shares -> shares.now().stream())
                .toList();
    }

    /**
     * An account's days as they stand, live sessions included, each as it is looked at.
     *
     * @param wanted which days are wanted
     * @param rows the days' rows
     * @param sessions the sessions' rows
     */
    public AccountDays days(
            String account,
            Predicate<DayKey> wanted,
            ReadOnlyKeyValueStore<Bytes, byte[]> rows,
            ReadOnlyKeyValueStore<Bytes, byte[]> sessions) {
        Under under = bound;
        if (under == null) {
            return AccountDays.ofRows(account, wanted, rows);
        }
        Function<RecordKey, Optional<SessionFigures>> current = key -> copy(key)
                .map(SessionCopy::row)
                .or(() -> Optional.ofNullable(
                        sessions.get(Bytes.wrap(StoreKeys.session(key.account(), key.sessionId())))))
                .map(SessionFigures::read)
                .filter(SessionFigures::isShared);
        return new DayReading(account, wanted, rows, current)
                .read(under.days, map.all(), live -> live.shares(listener));
    }

    /** How many sessions are in memory. */
    public int size() {
        return map.size();
    }

    /** About how many bytes they take. */
    public long weight() {
        return map.weight();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    /** Called when an active task becomes a standby or the other way round; an active's processor binds again. */
    @Override
    public void clearCache() {
        drop();
    }

    @Override
    public void close() {
        drop();
        open = false;
    }

    private void drop() {
        Under under = bound;
        bound = null;
        if (under != null) {
            under.behind.drop();
        }
        map.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
