/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;

/**
 * Decides what a commit writes: the journal always, and behind it the rows of the sessions that are worth it, have been dirty
 * for long, or keep a journal that is too large.
 */
final class WriteBehind {

    /** So many new facts, half a chunk, make a session's rows worth writing. */
    private static final int WORTH_WRITING = 32;

    private final Journal journal;
    private final long journalBytes;
    private final long dirtyForMs;
    /** The longest dirty first: also the one that waits for the oldest piece. */
    private final Set<LiveSession> dirty = new LinkedHashSet<>();

    private final Set<LiveSession> worthWriting = new LinkedHashSet<>();
    private long clock;
    private boolean writable;

    /**
     * Begins with nothing to write.
     *
     * @param journalBytes about how many bytes the journal's pieces may have
     * @param dirtyFor how long a session may be dirty
     * @param now the clock, epoch milliseconds
     */
    WriteBehind(Journal journal, long journalBytes, Duration dirtyFor, long now) {
        this.journal = journal;
        this.journalBytes = journalBytes;
        dirtyForMs = dirtyFor.toMillis();
        clock = now;
    }

    /** Journals an event that changed a session. */
    void add(LiveSession session, long appendTime, byte[] body) {
        wholly(() -> journal.add(appendTime, body));
        changed(session, journal.current());
    }

    /** A session was changed by something that is not journalled. */
    void changed(LiveSession session) {
        changed(session, journal.current());
    }

    /** A session was changed by an event in a piece of the journal. */
    void changed(LiveSession session, long piece) {
        if (dirty.add(session)) {
            session.dirtySince = clock;
            session.firstPiece = piece;
        }
        if (++session.unwritten >= WORTH_WRITING) {
            worthWriting.add(session);
        }
    }

    /** Hears what the clock is, epoch milliseconds; from the first time on there is a record to write behind. */
    void tick(long now) {
        clock = now;
        writable = true;
    }

    /** Writes what a commit has to; a session's rows by a writer that says so when it has {@link #written} them. */
    void commit(Consumer<LiveSession> writer) {
        if (!writable) {
            return;
        }
        wholly(journal::flush);
        Set<LiveSession> due = new LinkedHashSet<>(worthWriting);
        long keep = journal.firstWithin(journalBytes);
        for (LiveSession session : dirty) {
            if (clock - session.dirtySince < dirtyForMs && session.firstPiece >= keep) {
                break;
            }
            due.add(session);
        }
        due.forEach(writer);
        long waitedFor = dirty.isEmpty() ? journal.current() : dirty.iterator().next().firstPiece;
        wholly(() -> journal.deleteBefore(waitedFor));
    }

    /** A session's rows are up to date, or gone. */
    void written(LiveSession session) {
        dirty.remove(session);
        worthWriting.remove(session);
        session.unwritten = 0;
    }

    /**
     * Half of what belongs together must never be committed, and Kafka Streams (4.3.1) commits what it was sent before it
     * closes a corrupted task: told so in the middle of it, it gets to see a failure that ends the thread instead.
     */
    static void wholly(Runnable writes) {
        try {
            writes.run();
        } catch (TaskCorruptedException e) {
            throw new ProcessorStateException("live sessions were not written to their end", e);
        }
    }
}
