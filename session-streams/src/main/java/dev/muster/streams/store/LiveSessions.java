/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.index.SessionIndex;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionRules;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
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
 * <p>One stream thread writes; others may ask its {@link #reads}.
 */
public final class LiveSessions implements StateStore, CachedStateStore<byte[], byte[]> {

    /** The store's name. */
    public static final String NAME = "live";

    /** A session's place in the list is moved when its activity is at least so much later, or when it is evicted. */
    public static final long LISTED_WITHIN_MS = 60_000;

    /** With so many times that the audit log's index does not have, a session does not wait for the commit. */
    private static final int MAX_TIMES = 4096;

    private static final int ACCOUNT = EventBody.position("account");
    private static final int SESSION_ID = EventBody.position("sessionId");
    private static final int AGENT_ID = EventBody.position("agentId");
    private static final int BOUND_AGENT = EventBody.position("boundAgent");
    private static final int TIMESTAMP = EventBody.position("timestamp");

    private final SessionRules rules;
    private final Bounds bounds;
    private final IndexMemory memory;
    private final CountListener listener;
    private final LongSupplier nanoTime;
    private final BlockPool pool;
    private final LiveSessionCache map = new LiveSessionCache();
    private final LiveSessionView reads;
    private volatile @Nullable SessionWriter bound;
    private volatile boolean open;

    /**
     * What a task's live sessions may take.
     *
     * @param weight about how many bytes of sessions are held in memory; up to a sixth more may be kept for events to come
     * @param journalBytes about how many bytes the journal's pieces may have before the longest dirty sessions are written
     * @param dirtyFor how long a session is dirty before it is due to be written, the longest dirty first
     * @param commit for how long a commit writes sessions that are due; the others are for the next one
     */
    public record Bounds(long weight, long journalBytes, Duration dirtyFor, Duration commit) {

        /** All tasks of a thread commit in one transaction, which has ten seconds. */
        private static final Duration ALL = Duration.ofMillis(1500);

        private static final Duration LEAST = Duration.ofMillis(10);
        private static final Duration MOST = Duration.ofMillis(250);

        /** Whoever commits waits for all that is due. */
        private static final Duration UNBOUNDED = Duration.ofDays(1);

        /** The bounds of a task whose commits take as long as they take. */
        public Bounds(long weight, long journalBytes, Duration dirtyFor) {
            this(weight, journalBytes, dirtyFor, UNBOUNDED);
        }

        /** The same where one thread may have so many tasks: together they write no longer in a commit. */
        public Bounds amongTasks(int tasks) {
            Duration each = ALL.dividedBy(tasks);
            Duration bounded = each.compareTo(LEAST) < 0 ? LEAST : each.compareTo(MOST) > 0 ? MOST : each;
            return new Bounds(weight, journalBytes, dirtyFor, bounded);
        }

        /** So much memory in all, an eighth of it for the journal and for blocks that wait for events each; half a minute. */
        public static Bounds of(long bytes) {
            return new Bounds(bytes * 3 / 4, bytes / 8, Duration.ofSeconds(30));
        }
    }

    LiveSessions(SessionRules rules, Bounds bounds, IndexMemory memory, CountListener listener) {
        this(rules, bounds, memory, listener, System::nanoTime);
    }

    LiveSessions(SessionRules rules, Bounds bounds, IndexMemory memory, CountListener listener, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.rules = rules;
        this.bounds = bounds;
        this.memory = memory;
        this.listener = listener;
        pool = new BlockPool(bounds.weight() / 6);
        reads = new LiveSessionView(map, listener, () -> bound);
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
     * Lays this store over the task's others, without which there is nothing to read or write, makes the index of their rows,
     * and applies what stands in the journal. Nothing is written: that is not allowed before the first record.
     *
     * @param now the clock, epoch milliseconds
     */
    public void bind(SessionStores under, long now) {
        drop();
        Journal journal = new Journal(under.journal());
        WriteBehind writes = new WriteBehind(journal, bounds, now, listener, nanoTime);
        bound = writer(under, writes);
        journal.replay((piece, appendTime, event) -> {
            LiveSession live = live(Bytes.wrap(keyOf(event).toBytes()), () -> keyOf(event), now);
            add(live, event, appendTime);
            // A piece that was full was written before the commit that would have indexed what is in it.
            recordTime(live, event);
            writes.changed(live, piece);
        });
    }

    private SessionWriter writer(SessionStores under, WriteBehind writes) {
        SessionIndex index = new SessionIndex(memory);
        try {
            return new SessionWriter(under, writes, index);
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
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
        WriteBehind writes = rows().behind;
        LiveSession live = live(key, () -> keyOf(event), now);
        writes.tick(now);
        writes.add(live, appendTime, event);
        add(live, event, appendTime);
        if (recordTime(live, event) >= MAX_TIMES) {
            WriteBehind.wholly(() -> rows().audit.flush(live));
        }
        map.touch(live, now);
        if (writes.isWorthWritingNow(live)) {
            write(live, false);
        }
        evict(live);
    }

    /**
     * Whether an event's key is bound to one agent, and the event is sent for a session of another: one that has an event already, the
     * first of which in append order was another's.
     *
     * @param key the bytes of its session's record key
     * @param event valid during the call
     * @param now the clock, epoch milliseconds
     */
    public boolean isAnothers(Bytes key, EventBody event, long now) {
        if (!event.has(BOUND_AGENT) || !event.has(SESSION_ID)) {
            return false;
        }
        LiveSession live = live(key, () -> keyOf(event), now);
        boolean isAnothers = live.isAnothers(event.requiredText(BOUND_AGENT));
        if (isAnothers) {
            evict(live);
        }
        return isAnothers;
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
        WriteBehind writes = rows().behind;
        LiveSession live = live(Bytes.wrap(key.toBytes()), () -> key, now);
        writes.tick(now);
        live.with(listener, session -> {
            if (command.test(session)) {
                writes.changed(live);
            }
        });
        map.touch(live, now);
        if (writes.isDirty(live)) {
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
        rows().audit.command(account, time, value);
    }

    private int recordTime(LiveSession live, EventBody event) {
        int times = live.recordTime(event.number(TIMESTAMP));
        if (times == 1) {
            rows().audit.add(live);
        }
        return times;
    }

    private void add(LiveSession live, EventBody event, long appendTime) {
        if (live.add(event, event.number(TIMESTAMP), appendTime, pool, listener)) {
            map.reweigh(live);
        }
        rows().indexed.changed(live);
    }

    /** Hears what the clock is, epoch milliseconds, also while no events come. */
    public void tick(long now) {
        rows().behind.tick(now);
    }

    /** Whether sessions are due to be written, so that a commit has something to do. */
    public boolean hasDue() {
        return rows().behind.hasDue();
    }

    /** Takes a step of making the sums by day anew, where they are not whole, in which so many rows are looked at. */
    public void makeDays(int most) {
        WriteBehind.wholly(() -> rows().days.makeWhole(most));
    }

    /** Whether the sums by day are whole. */
    public boolean areDaysWhole() {
        return rows().days.areWhole();
    }

    private LiveSession live(Bytes bytes, Supplier<RecordKey> key, long now) {
        LiveSession live = map.find(bytes);
        if (live != null) {
            return live;
        }
        LiveSession opened = rows().open(key.get(), rules);
        map.put(opened, now);
        map.reweigh(opened);
        return opened;
    }

    private static RecordKey keyOf(EventBody event) {
        String account = event.requiredText(ACCOUNT);
        return event.has(SESSION_ID)
                ? RecordKey.ofSession(account, event.requiredText(SESSION_ID))
                : RecordKey.ofAgent(account, event.requiredText(AGENT_ID));
    }

    /** What lies under them; throws while there is nothing. */
    SessionWriter rows() {
        SessionWriter rows = bound;
        if (rows == null) {
            throw new IllegalStateException("the live sessions are not bound to the stores under them");
        }
        return rows;
    }

    /**
     * Runs before each commit, on the stream thread: writes the journal, then the sessions that are due, then what was gathered
     * of days, lists and the audit log's index.
     */
    @Override
    public void flushCache() {
        SessionWriter rows = bound;
        if (rows != null && rows.behind.isWritable()) {
            rows.behind.commit(live -> write(live, false));
            rows.flush();
        }
    }

    private void write(LiveSession live, boolean exactly) {
        SessionWriter rows = rows();
        live.with(listener, session -> rows.write(live.key, session, exactly));
        // Only now: until the index has been told, who asks must find that it has to be.
        rows.indexed.settled(live);
        live.release(pool);
        map.reweigh(live);
        rows.behind.written(live);
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

    /** Evicts what was not used since a time, epoch milliseconds, as much of it as a commit has time for. */
    public void evictUnusedSince(long time) {
        rows().behind.write(map.unusedSince(time).iterator(), this::writeAndRemove);
    }

    private void writeAndRemove(LiveSession live) {
        write(live, true);
        WriteBehind.wholly(() -> rows().audit.flush(live));
        map.remove(live);
    }

    /** What readers see of them. */
    public LiveSessionView reads() {
        return reads;
    }

    /** What retention deletes of them. */
    SessionExpiry expiry() {
        return new SessionExpiry(map, listener, rows());
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
        SessionWriter rows = bound;
        bound = null;
        if (rows != null) {
            rows.behind.drop();
            rows.indexed.index.close();
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
