/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.SessionIndex;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.StateOutput;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A session in memory: its model, and before it the events that wait to be counted. They are counted together, many at a time:
 * between two events of one session come those of thousands, and its figures have left the processor's caches.
 *
 * <p>Its life, from left to right; an event may come at any moment, and leads back to <em>waiting</em>:
 *
 * <pre>
 *  opened ──add──▶ waiting ──count──▶ counted ──write──▶ written and compacted ──leave──▶ evicted
 *                     ▲                  │ add                   │ add
 *                     └──────────────────┴───────────────────────┘
 *  └ clean ──────┘ └ dirty: its rows lack something ┘ └ clean ────────────────────────────────────┘
 * </pre>
 *
 * <table>
 * <caption>Who moves it, and what holds then</caption>
 * <tr><th>state</th><th>what it means</th><th>moved there by</th><th>thread</th></tr>
 * <tr><td>opened</td><td>read from its rows, or begun; readers do not see it yet</td>
 *     <td>{@link LiveSessions}, for the first event or command</td><td>stream</td></tr>
 * <tr><td>waiting</td><td>events wait in it as bytes, and stand in the journal</td>
 *     <td>{@link LiveSessions#take}</td><td>stream</td></tr>
 * <tr><td>counted</td><td>its figures hold every event that was added</td>
 *     <td>the event that makes enough wait; whoever writes it; a reader that copies it</td><td>stream or a reader's</td></tr>
 * <tr><td>dirty</td><td>its rows lack an event or a command; a commit writes the journal only</td>
 *     <td>{@link WriteBehind#changed}</td><td>stream</td></tr>
 * <tr><td>written</td><td>its rows hold all of it</td>
 *     <td>{@link LiveSessions}: enough is unwritten, or a commit finds it dirty for long, or it is evicted</td>
 *     <td>stream</td></tr>
 * <tr><td>compacted</td><td>its model is the bytes of its row, until the next event is counted</td>
 *     <td>{@link Session#markClean}, as it is written</td><td>stream</td></tr>
 * <tr><td>evicted</td><td>its rows are what there is; who still holds the object gets no copy</td>
 *     <td>{@link LiveSessionCache#remove}, after it was written, or deleted by retention</td><td>stream</td></tr>
 * </table>
 *
 * <p>Every move but to <em>dirty</em> is made under this object's lock, so that a reader, which takes the same lock, never finds
 * a session between two states. Which session is dirty is known to the {@link WriteBehind} alone, on the stream thread. What is
 * asked of every live session at once, {@link #isShown} and {@link #lastActivity}, is volatile and needs no lock.
 */
final class LiveSession {

    private static final int OVERHEAD_BYTES = 1500;
    private static final int AGENT_ID = EventBody.position("agentId");
    private static final long[] NO_TIMES = {};
    private static final int FIRST_TIMES = 8;

    final RecordKey key;
    /** The bytes of its key. */
    final byte[] keyBytes;
    /** The {@link WriteBehind}'s, on the stream thread. */
    final WriteState writeState = new WriteState();
    /** Whether the index may lack something of it: the {@link IndexedSessions}'. */
    volatile boolean isChanged;

    /** When it was last used, epoch milliseconds: the {@link LiveSessionCache}'s, on the stream thread. */
    long touchedAt;

    private final @Nullable Supplier<Session> beginning;

    @GuardedBy("this")
    private @Nullable Session session;

    @GuardedBy("this")
    private final PendingEvents pending = new PendingEvents();

    @GuardedBy("this")
    private boolean isCounting;

    @GuardedBy("this")
    private boolean isGone;

    @GuardedBy("this")
    private int weight;

    /** What its model was last found to weigh; it is not asked for every event, for it has left the caches. */
    @GuardedBy("this")
    private int sessionWeight;

    /** The times of the events taken in that the audit log's index does not have. */
    @GuardedBy("this")
    private long[] unindexed = NO_TIMES;

    @GuardedBy("this")
    private int unindexedCount;

    /** The agents whose days it has a part in, as far as it was summed up; null before. Written under the lock. */
    private volatile @Nullable Agents agents;

    /** Whose it is as far as bound keys go: its first event's in append order. Empty before any; the stream thread's. */
    private String owner = "";

    /** Written under the lock. */
    private volatile long lastActivity;

    /** Written under the lock, after {@link #lastActivity}. */
    private volatile boolean isShown;

    /**
     * The agents whose days a session has a part in.
     *
     * @param written the one that its row says; null while it has none
     * @param now the one that it belongs to
     */
    private record Agents(@Nullable String written, String now) {}

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
        owner = session.owner();
        noteAgents(session);
    }

    private void noteAgents(Session known) {
        Agents before = agents;
        String now = known.agentId();
        String unwritten = before == null ? null : before.written;
        agents = new Agents(known.isDirty() ? unwritten : now, now);
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

    @GuardedBy("this")
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
     * Takes an event in, to be counted later; with the one that makes a write worth while all that wait are counted.
     *
     * @param time when it was, epoch milliseconds
     * @param appendTime when its record was appended, epoch milliseconds
     * @param pool lends what waiting events take
     * @param listener hears what is counted
     * @return whether what it weighs may have changed
     */
    synchronized boolean add(EventBody event, long time, long appendTime, BlockPool pool, CountListener listener) {
        if (time > lastActivity) {
            lastActivity = time;
        }
        if (owner.isEmpty()) {
            owner = event.requiredText(AGENT_ID);
        }
        if (!isShown) {
            // Only now: who reads it without the lock must find a time.
            isShown = true;
        }
        int before = pending.weight();
        pending.add(event, appendTime, pool);
        if (pending.count() >= WriteBehind.WORTH_WRITING) {
            count(listener);
            pending.release(pool);
            return true;
        }
        return pending.weight() != before;
    }

    /**
     * Notes when an event was, for the audit log's index.
     *
     * @return how many there are since the index was last written
     */
    synchronized int recordTime(long time) {
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

    /** Whether it has an owner, and that is another agent. */
    boolean isAnothers(String agentId) {
        return !owner.isEmpty() && !owner.equals(agentId);
    }

    /** Counts what waits. */
    synchronized void count(CountListener listener) {
        if (isCounting) {
            throw new InvalidStateStoreException("the session " + key + " was left half counted by a failure before");
        }
        isCounting = true;
        Session counted = session();
        pending.each((event, appendTime) -> listener.counted(event, counted.apply(event, appendTime)));
        pending.forget();
        isCounting = false;
        sessionWeight = counted.weight();
    }

    /** Does something with its model, in which all is counted. */
    synchronized void with(CountListener listener, Work work) {
        count(listener);
        work.on(session());
        noteAgents(session());
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
    record Contributions(Optional<DayContribution> written, Optional<SessionAggregate> now) {}

    /** Its share as written and as it stands; empty while they do not differ. */
    synchronized Optional<Contributions> contributions(CountListener listener) {
        if (isGone || !isShown) {
            return Optional.empty();
        }
        count(listener);
        Session known = session();
        if (!known.isDirty()) {
            return Optional.empty();
        }
        SessionAggregate now =
                SessionAggregate.read(known.copy(new StateOutput()).row());
        return Optional.of(
                new Contributions(known.writtenContribution(), Optional.of(now).filter(SessionAggregate::isShared)));
    }

    /** Tells the index what it is now; while it rests on its row the index knows it. */
    synchronized void summarize(CountListener listener, SessionIndex index) {
        if (isGone || !isShown) {
            return;
        }
        count(listener);
        Session known = session();
        known.figures().ifPresent(figures -> index.put(figures, !known.isDirty()));
        noteAgents(known);
    }

    /** Whether it may have a part in the days of agents that are wanted; yes while nobody has summed it up. */
    boolean mayGiveTo(Predicate<String> wanted) {
        Agents known = agents;
        return known == null || wanted.test(known.now) || (known.written != null && wanted.test(known.written));
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
