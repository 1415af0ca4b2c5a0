/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.StateOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in use, as objects in memory, laid over the task's other stores. Before each commit Kafka Streams calls
 * {@link #flushCache} (of an interface of its own, used here only). What a commit writes is the {@link Journal} of the
 * events taken in; a session's own rows are written when it has been dirty for a while, has gathered a chunk of facts, or is
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

    private static final class Entry {
        private final RecordKey key;
        private final Session session;
        private int weight;
        private long touchedAt;
        private long dirtySince;
        /** The first piece of the journal with an event that is not written with the session yet. */
        private long firstPiece;

        private int unwritten;
        private volatile long lastActivity = Long.MIN_VALUE;

        Entry(RecordKey key, Session session) {
            this.key = key;
            this.session = session;
        }
    }

    /** So many new facts, half a chunk, make a session's rows worth writing. */
    private static final int WORTH_WRITING = 32;

    private final Pricing pricing;
    private final Bounds bounds;
    private final Map<RecordKey, Entry> entries = new ConcurrentHashMap<>();
    /** The same entries, the longest unused first; only the stream thread touches it. */
    private final Set<Entry> byUse = new LinkedHashSet<>();

    /** What is to be written, the longest dirty first. */
    private final Set<Entry> dirty = new LinkedHashSet<>();

    private final Set<Entry> worthWriting = new LinkedHashSet<>();
    private final StateOutput out = new StateOutput();
    private volatile @Nullable SessionStores stores;
    private @Nullable Journal journal;
    private final AtomicLong weight = new AtomicLong();
    private volatile boolean open;
    private long clock;
    private boolean writable;

    /**
     * What a task's live sessions may take.
     *
     * @param weight about how many bytes of sessions are held in memory
     * @param journalBytes about how many bytes the journal's pieces may have before the longest dirty sessions are written
     * @param dirtyFor how long a session may be dirty before it is written
     */
    public record Bounds(long weight, long journalBytes, Duration dirtyFor) {

        /** So much memory in all, and half a minute. */
        public static Bounds of(long bytes) {
            return new Bounds(bytes, bytes / 4, Duration.ofSeconds(30));
        }
    }

    LiveSessions(Pricing pricing, Bounds bounds) {
        this.pricing = pricing;
        this.bounds = bounds;
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
        stores = under;
        Journal found = new Journal(under.journal());
        found.replay((piece, appendTime, event, body) -> {
            Entry entry = entry(RecordKey.ofSession(event.getAccount(), event.getSessionId()));
            if (change(entry, event, body, appendTime, now) != Session.Change.REPEATED) {
                dirty(entry, piece, now);
            }
        });
        journal = found;
    }

    /** Whether this is an active task's: a standby's is never bound. */
    public boolean isBound() {
        return stores != null;
    }

    /**
     * Takes an event in.
     *
     * @param event one with a session
     * @param body its Avro body in the schema of today
     * @param appendTime when its record was appended, epoch milliseconds
     * @param now the clock, epoch milliseconds
     */
    public Session.Change apply(RecordKey key, HookEvent event, byte[] body, long appendTime, long now) {
        Entry entry = entry(key);
        tick(now);
        Session.Change change = change(entry, event, body, appendTime, now);
        if (change != Session.Change.REPEATED) {
            Journal log = journal();
            wholly(() -> log.add(appendTime, body));
            dirty(entry, log.current(), now);
        }
        evict(entry);
        return change;
    }

    private Session.Change change(Entry entry, HookEvent event, byte[] body, long appendTime, long now) {
        Session.Change change;
        synchronized (entry.session) {
            change = entry.session.apply(event, body, appendTime);
            reweigh(entry);
            entry.lastActivity = entry.session.lastActivity();
        }
        entry.touchedAt = now;
        byUse.remove(entry);
        byUse.add(entry);
        return change;
    }

    private void dirty(Entry entry, long piece, long now) {
        if (dirty.add(entry)) {
            entry.dirtySince = now;
            entry.firstPiece = piece;
        }
        if (++entry.unwritten >= WORTH_WRITING) {
            worthWriting.add(entry);
        }
    }

    /** Hears what the clock is, epoch milliseconds; from the first time on there is a record to write behind. */
    public void tick(long now) {
        clock = now;
        writable = true;
    }

    private Entry entry(RecordKey key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            return entry;
        }
        StoredRows rows = new StoredRows(bound(), key.account(), key.sessionId());
        Entry opened = new Entry(key, Session.open(key.account(), key.sessionId(), rows, pricing));
        entries.put(key, opened);
        return opened;
    }

    private void reweigh(Entry entry) {
        int now = entry.session.weight();
        weight.addAndGet(now - entry.weight);
        entry.weight = now;
    }

    private Journal journal() {
        Journal log = journal;
        if (log == null) {
            throw new IllegalStateException("the live sessions are not bound to a journal");
        }
        return log;
    }

    private SessionStores bound() {
        SessionStores under = stores;
        if (under == null) {
            throw new IllegalStateException("the live sessions are not bound to the stores under them");
        }
        return under;
    }

    @Override
    public void flushCache() {
        Journal log = journal;
        if (log == null || !writable) {
            return;
        }
        wholly(log::flush);
        Set<Entry> due = new LinkedHashSet<>(worthWriting);
        long keep = log.firstWithin(bounds.journalBytes());
        for (Entry entry : dirty) {
            boolean longDirty = clock - entry.dirtySince >= bounds.dirtyFor().toMillis();
            if (!longDirty && entry.firstPiece >= keep) {
                break;
            }
            due.add(entry);
        }
        due.forEach(entry -> write(entry, false));
        wholly(() -> log.deleteBefore(
                dirty.isEmpty() ? log.current() : dirty.iterator().next().firstPiece));
    }

    /**
     * Half of what belongs together must never be committed, and Kafka Streams (4.3.1) commits what it was sent before it
     * closes a corrupted task: told so in the middle of it, it gets to see a failure that ends the thread instead.
     */
    private static void wholly(Runnable writes) {
        try {
            writes.run();
        } catch (TaskCorruptedException e) {
            throw new ProcessorStateException("live sessions were not written to their end", e);
        }
    }

    /** The one place where a session's rows are written. */
    private void write(Entry entry, boolean exactly) {
        Session session = entry.session;
        synchronized (session) {
            wholly(() -> {
                list(entry.key, session, exactly);
                if (session.isDirty()) {
                    session.write(out);
                    session.markClean();
                }
            });
            reweigh(entry);
        }
        dirty.remove(entry);
        worthWriting.remove(entry);
        entry.unwritten = 0;
    }

    private void list(RecordKey key, Session session, boolean exactly) {
        Long listedAt = session.listedAt();
        long last = session.lastActivity();
        if (listedAt != null && last - listedAt < (exactly ? 1 : LISTED_WITHIN_MS)) {
            return;
        }
        if (listedAt != null) {
            bound().activity().delete(StoreKeys.activity(key.account(), listedAt, key.sessionId()));
        }
        bound().activity().put(StoreKeys.activity(key.account(), last, key.sessionId()), new byte[0]);
        session.setListed();
    }

    /** Makes room: the sessions longest unused are written, then removed. */
    private void evict(Entry spared) {
        while (weight.get() > bounds.weight()) {
            Entry eldest = byUse.iterator().next();
            if (eldest == spared) {
                return;
            }
            writeAndRemove(eldest);
        }
    }

    /** Evicts what was not used since a time, epoch milliseconds. */
    public void evictUnusedSince(long time) {
        List<Entry> unused = new ArrayList<>();
        for (Entry entry : byUse) {
            if (entry.touchedAt >= time) {
                break;
            }
            unused.add(entry);
        }
        unused.forEach(this::writeAndRemove);
    }

    private void writeAndRemove(Entry entry) {
        write(entry, true);
        remove(entry);
    }

    private void remove(Entry entry) {
        byUse.remove(entry);
        dirty.remove(entry);
        worthWriting.remove(entry);
        entries.remove(entry.key);
        weight.addAndGet(-entry.weight);
    }

    /**
     * Deletes a session whose last event is older than a time, in memory and in all stores.
     *
     * @param listedAt the activity that it is listed by
     * @param time epoch milliseconds
     * @return false when it is newer than its place in the list says
     */
    public boolean deleteIfOlder(RecordKey key, long listedAt, long time) {
        Entry entry = entries.get(key);
        if (entry != null) {
            if (entry.session.lastActivity() >= time) {
                return false;
            }
            remove(entry);
        }
        new StoredRows(bound(), key.account(), key.sessionId()).deleteAll();
        bound().activity().delete(StoreKeys.activity(key.account(), listedAt, key.sessionId()));
        return true;
    }

    /** Deletes the rows before a time of the live sessions that began before it, epoch milliseconds. */
    public void trim(long time) {
        for (Entry entry : byUse) {
            synchronized (entry.session) {
                if (entry.session.start() < time) {
                    if (entry.session.trim(time)) {
                        dirty(entry, journal().current(), clock);
                    }
                }
            }
        }
    }

    /**
     * A live session as it stands; empty when it is not in memory, or has only been opened, and then its rows are up to
     * date.
     */
    public Optional<SessionCopy> copy(RecordKey key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.lastActivity != Long.MIN_VALUE)
                .map(entry -> copy(entry.session));
    }

    private static SessionCopy copy(Session session) {
        synchronized (session) {
            return session.copy(new StateOutput());
        }
    }

    /** The last activity of an account's live sessions, by session id. */
    public Map<String, Long> activity(String account) {
        Map<String, Long> result = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (entry.key.account().equals(account) && entry.lastActivity != Long.MIN_VALUE) {
                result.put(entry.key.sessionId(), entry.lastActivity);
            }
        }
        return result;
    }

    /** How many sessions are in memory. */
    public int size() {
        return entries.size();
    }

    /** About how many bytes they take. */
    public long weight() {
        return weight.get();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    /** Called when an active task becomes a standby or the other way round; an active's processor binds again. */
    @Override
    public void clearCache() {
        drop();
        stores = null;
    }

    @Override
    public void close() {
        drop();
        stores = null;
        open = false;
    }

    private void drop() {
        entries.clear();
        byUse.clear();
        dirty.clear();
        worthWriting.clear();
        journal = null;
        writable = false;
        weight.set(0);
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
