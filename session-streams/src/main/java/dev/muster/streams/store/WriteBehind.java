/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;

/**
 * Decides what a commit writes: the journal always, and behind it the rows of the sessions that are worth it, have been dirty
 * for long, or keep a journal that is too large. What it knows of a session is in the session's {@link WriteState}. It belongs to
 * the stream thread.
 */
final class WriteBehind {

    /** So many new facts, half a chunk, make a session's rows worth writing. */
    static final int WORTH_WRITING = 32;

    /** So many sessions are written before it is looked at the clock again. */
    static final int BETWEEN_LOOKS = 64;

    private final Journal journal;
    private final CountListener listener;
    private final LongSupplier nanoTime;
    private final long journalBytes;
    private final long dirtyForMs;
    private final long commitNanos;
    /** The longest dirty first: also the one that waits for the oldest piece. */
    private final Deque<Waiting> dirty = new ArrayDeque<>();

    private final Set<LiveSession> worthWriting = new LinkedHashSet<>();
    private long clock;
    private boolean writable;
    private int waiting;

    /** A session waits to be written, if it has not been written since. */
    private record Waiting(LiveSession session, int turn) {

        boolean isOver() {
            return !session.writeState.isDirty || session.writeState.dirtyTurn != turn;
        }
    }

    /**
     * Begins with nothing to write.
     *
     * @param bounds how large the journal may be, when a session is due, and for how long a commit writes
     * @param now the clock, epoch milliseconds
     * @param listener hears how many sessions wait
     * @param nanoTime what writing is timed by, as {@link System#nanoTime} has it
     */
    WriteBehind(Journal journal, LiveSessions.Bounds bounds, long now, CountListener listener, LongSupplier nanoTime) {
        this.journal = journal;
        this.listener = listener;
        this.nanoTime = nanoTime;
        journalBytes = bounds.journalBytes();
        dirtyForMs = bounds.dirtyFor().toMillis();
        commitNanos = bounds.commit().toNanos();
        clock = now;
    }

    /** Journals an event that a session has taken in. */
    void add(LiveSession session, long appendTime, EventBody event) {
        wholly(() -> journal.add(appendTime, event));
        changed(session, journal.current());
    }

    /** A session was changed by something that is not journalled. */
    void changed(LiveSession session) {
        changed(session, journal.current());
    }

    /** A session has taken in an event that is in a piece of the journal. */
    void changed(LiveSession session, long piece) {
        WriteState state = session.writeState;
        if (!state.isDirty) {
            state.isDirty = true;
            state.dirtySince = clock;
            state.firstPiece = piece;
            state.dirtyTurn++;
            dirty.addLast(new Waiting(session, state.dirtyTurn));
            waitFor(1);
        }
        state.unwritten++;
    }

    /**
     * Whether a session has so much to write that it is worth it: then at once, or if it was written since the last commit, with
     * the next.
     */
    boolean isWorthWritingNow(LiveSession session) {
        WriteState state = session.writeState;
        if (state.unwritten < WORTH_WRITING || !writable) {
            return false;
        }
        if (state.writtenAtPiece < journal.current()) {
            return true;
        }
        worthWriting.add(session);
        return false;
    }

    /** Whether a session's rows lack something, as far as it was told. */
    boolean isDirty(LiveSession session) {
        return session.writeState.isDirty;
    }

    /** What it last heard, epoch milliseconds. */
    long now() {
        return clock;
    }

    /** Hears what the clock is, epoch milliseconds; from the first time on there is a record to write behind. */
    void tick(long now) {
        clock = now;
        writable = true;
    }

    /** Whether there has been a record to write behind. */
    boolean isWritable() {
        return writable;
    }

    /**
     * Writes the journal, then the sessions that are worth it or due, as many as there is time for, the longest dirty first.
     *
     * @param writer writes a session's rows, and says so when it has {@link #written} them
     */
    void commit(Consumer<LiveSession> writer) {
        wholly(journal::flush);
        long keep = journal.firstWithin(journalBytes);
        Stream<LiveSession> due = dirty.stream()
                .takeWhile(waiting -> waiting.isOver() || isDue(waiting.session.writeState, keep))
                .filter(waiting -> !waiting.isOver())
                .map(Waiting::session);
        write(Stream.concat(List.copyOf(worthWriting).stream(), due).iterator(), writer);
        while (!dirty.isEmpty() && dirty.element().isOver()) {
            dirty.remove();
        }
        long waitedFor = dirty.isEmpty() ? journal.current() : dirty.element().session.writeState.firstPiece;
        wholly(() -> journal.deleteBefore(waitedFor));
    }

    /** Whether sessions are due to be written, so that a commit has something to do. */
    boolean hasDue() {
        Waiting longest = dirty.peek();
        return longest != null && isDue(longest.session.writeState, journal.firstWithin(journalBytes));
    }

    private boolean isDue(WriteState state, long keep) {
        return clock - state.dirtySince >= dirtyForMs || state.firstPiece < keep;
    }

    /** Shows some sessions to a writer, as many as there is time for in a commit. */
    void write(Iterator<LiveSession> due, Consumer<LiveSession> writer) {
        long end = nanoTime.getAsLong() + commitNanos;
        for (int written = 0; due.hasNext(); written++) {
            if (written > 0 && written % BETWEEN_LOOKS == 0 && nanoTime.getAsLong() - end >= 0) {
                return;
            }
            writer.accept(due.next());
        }
    }

    private void waitFor(int more) {
        waiting += more;
        listener.unwritten(more);
    }

    /** A session's rows are up to date, or gone. */
    void written(LiveSession session) {
        WriteState state = session.writeState;
        if (state.isDirty) {
            state.isDirty = false;
            waitFor(-1);
        }
        if (state.unwritten >= WORTH_WRITING) {
            worthWriting.remove(session);
        }
        state.unwritten = 0;
        state.writtenAtPiece = journal.current();
    }

    /** Forgets all that was to be written: it is worth nothing any more. */
    void drop() {
        waitFor(-waiting);
        dirty.clear();
        worthWriting.clear();
    }

    /**
     * Half of what belongs together must never be committed, and Kafka Streams (seen in 4.3.1) commits what it was sent before
     * it closes a corrupted task: told so in the middle of it, it gets to see a failure that ends the thread instead.
     */
    static void wholly(Runnable writes) {
        try {
            writes.run();
        } catch (TaskCorruptedException e) {
            throw new ProcessorStateException("live sessions were not written to their end", e);
        }
    }
}
