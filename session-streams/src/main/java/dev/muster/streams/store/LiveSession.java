/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionShare;
import dev.muster.streams.model.StateOutput;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A session in memory: its model, and before it the events that wait to be counted. They are counted together, many at a time:
 * between two events of one session come those of thousands, and its figures have left the processor's caches.
 *
 * <p>The fields without a modifier belong to the stream thread; the methods lock, but for what is told of every live session.
 */
final class LiveSession {

    private static final int OVERHEAD_BYTES = 1500;
    private static final long[] NO_TIMES = {};
    private static final int FIRST_TIMES = 8;

    final RecordKey key;
    /** The bytes of its key. */
    final byte[] keyBytes;

    private final @Nullable Supplier<Session> beginning;
    private @Nullable Session session;
    private final PendingEvents pending = new PendingEvents();
    private boolean isCounting;
    private boolean isGone;
    private int weight;
    /** What its model was last found to weigh; it is not asked for every event, for it has left the caches. */
    private int sessionWeight;

    /** The times of the events taken in that the audit log's index does not have. */
    private long[] unindexed = NO_TIMES;

    private int unindexedCount;

    private volatile long lastActivity;
    private volatile boolean isShown;

    /** How many events waited to be counted when one was last added. */
    int waiting;
    /** When it was last used, epoch milliseconds. */
    long touchedAt;
    /** Whether its rows lack something. */
    boolean isDirty;
    /** Since when, epoch milliseconds. */
    long dirtySince;
    /** How often it has become dirty. */
    int dirtyTurn;
    /** The first piece of the journal with an event that its rows lack. */
    long firstPiece;
    /** How many events its rows lack. */
    int unwritten;
    /** The piece of the journal that was current when its rows were last written. */
    long writtenAtPiece = -1;

    /** Something done with a session's model. */
    interface Work {
        /** Does it. */
        void on(Session session);
    }

    /** A session that has rows. */
    LiveSession(RecordKey key, Session session) {
        this.key = key;
        keyBytes = key.toBytes();
        this.session = session;
        beginning = null;
        lastActivity = session.lastActivity();
        sessionWeight = session.weight();
    }

    /**
     * A session that has none; many have an event or two, and then nothing for long.
     *
     * @param beginning begins its model when there is something to count
     */
    LiveSession(RecordKey key, Supplier<Session> beginning) {
        this.key = key;
        keyBytes = key.toBytes();
        this.beginning = beginning;
        lastActivity = Long.MIN_VALUE;
    }

    private Session session() {
        Session known = session;
        if (known == null) {
            known = Objects.requireNonNull(beginning, "a session has a model, or begins one")
                    .get();
            session = known;
        }
        return known;
    }

    /**
     * Takes an event in, to be counted later.
     *
     * @return whether it took more memory for that
     */
    synchronized boolean add(EventBody event, long time, long appendTime, BlockPool pool) {
        if (time > lastActivity) {
            lastActivity = time;
        }
        if (!isShown) {
            // Only now: who reads it without the lock must find a time.
            isShown = true;
        }
        int before = pending.weight();
        pending.add(event, appendTime, pool);
        waiting = pending.count();
        return pending.weight() != before;
    }

    /**
     * Notes when an event was, for the audit log's index.
     *
     * @return how many there are since the index was last written
     */
    synchronized int tellTime(long time) {
        if (unindexedCount == unindexed.length) {
            unindexed = Arrays.copyOf(unindexed, Math.max(FIRST_TIMES, 2 * unindexedCount));
        }
        unindexed[unindexedCount++] = time;
        return unindexedCount;
    }

    /** The times that the index does not have yet. */
    synchronized long[] unindexed() {
        return unindexedCount == 0 ? NO_TIMES : Arrays.copyOf(unindexed, unindexedCount);
    }

    /** The index has them. */
    synchronized void indexed() {
        unindexed = NO_TIMES;
        unindexedCount = 0;
    }

    /** Counts what waits. */
    synchronized void count(CountListener listener) {
        if (isCounting) {
            throw new InvalidStateStoreException("the session " + key + " was left half counted by a failure before");
        }
        isCounting = true;
        pending.each((event, appendTime) -> listener.counted(event, session().apply(event, appendTime)));
        pending.forget();
        isCounting = false;
        sessionWeight = session().weight();
    }

    /** Does something with its model, in which all is counted. */
    synchronized void with(CountListener listener, Work work) {
        count(listener);
        work.on(session());
        sessionWeight = session().weight();
    }

    /** The first event that was counted, epoch milliseconds; later than any time before one is. */
    synchronized long start() {
        Session known = session;
        return known == null ? Long.MAX_VALUE : known.start();
    }

    /** The session as it stands; empty when it has left memory, and then its rows are what there is. */
    synchronized Optional<SessionCopy> copy(CountListener listener) {
        if (isGone) {
            return Optional.empty();
        }
        count(listener);
        return Optional.of(session().copy(new StateOutput()));
    }

    /**
     * What a session has given to its agent's days, and what it is now.
     *
     * @param written the share that its row has; empty when it has none
     * @param now the session as it stands; empty when it has gone
     */
    record Shares(Optional<SessionShare> written, Optional<SessionFigures> now) {}

    /** Its share as written and as it stands; empty while they do not differ. */
    synchronized Optional<Shares> shares(CountListener listener) {
        if (isGone || !isShown) {
            return Optional.empty();
        }
        count(listener);
        Session known = session();
        if (!known.isDirty()) {
            return Optional.empty();
        }
        SessionFigures now = SessionFigures.read(known.copy(new StateOutput()).row());
        return Optional.of(new Shares(known.writtenShare(), Optional.of(now).filter(SessionFigures::isShared)));
    }

    /** It leaves memory. */
    synchronized void leave() {
        isGone = true;
    }

    /** Whether it is no longer in memory, for who comes upon it later. */
    synchronized boolean isGone() {
        return isGone;
    }

    /** Gives back what waiting events took, if none wait. */
    synchronized void release(BlockPool pool) {
        pending.release(pool);
    }

    /** By how many bytes its weight has changed since it was last asked. */
    synchronized int weightChange() {
        int now = OVERHEAD_BYTES + pending.weight() + sessionWeight;
        int change = now - weight;
        weight = now;
        return change;
    }

    /** What it was last found to weigh. */
    synchronized int weight() {
        return weight;
    }

    /** Whether it has taken an event in: before that it is not to be shown. */
    boolean isShown() {
        return isShown;
    }

    /** Its last event, epoch milliseconds. */
    long lastActivity() {
        return lastActivity;
    }
}
