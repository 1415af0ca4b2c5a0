/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.avro.HookEvent;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A session's events as a network brings them: of a hundred, five come seconds to two minutes after they happened, and one
 * comes again as much later. Neither changes how many there are: at the end, what was held back takes the place of new
 * events. Only what is held back is kept in memory.
 */
final class Disorder implements Iterator<HookEvent> {

    /** The longest that an event is held back. */
    static final int MAX_DELAY_MS = 128_000;

    private static final int MIN_DELAY_MS = 2_000;
    private static final int LATE_PERCENT = 5;
    private static final int REPEATED_PERCENT = 1;

    private record Held(long due, HookEvent event) {}

    private final SessionScript script;
    private final SplittableRandom random;
    private final int records;
    private final PriorityQueue<Held> held = new PriorityQueue<>(2, Comparator.comparingLong(Held::due));
    private int sent;
    private int repeats;

    /**
     * Brings a session's first events.
     *
     * @param records how many, at least one
     */
    Disorder(SessionScript script, int records, SplittableRandom random) {
        this.script = script;
        this.records = records;
        this.random = random;
        holdBack();
    }

    @Override
    public boolean hasNext() {
        return sent < records;
    }

    @Override
    public HookEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the session is over");
        }
        HookEvent event = freshIsNext() ? fresh() : held.remove().event;
        sent++;
        holdBack();
        return event;
    }

    /** When the next event comes; the last one's time when there is none. */
    long due() {
        return held.isEmpty() || freshIsNext() ? script.time() : held.element().due;
    }

    /** How many of the events so far will have been repeated. */
    int repeats() {
        return repeats;
    }

    private boolean freshIsNext() {
        return free() > 0 && (held.isEmpty() || script.time() < held.element().due);
    }

    /** How many more events of the script there are room for. */
    private int free() {
        return records - sent - held.size();
    }

    /** Decides about the next event of the script, once, just before its turn. */
    private void holdBack() {
        while (freshIsNext() && free() > 1 && random.nextInt(100) < LATE_PERCENT) {
            hold(script.next());
        }
    }

    private HookEvent fresh() {
        HookEvent event = script.next();
        if (free() > 1 && random.nextInt(100) < REPEATED_PERCENT) {
            hold(event);
            repeats++;
        }
        return event;
    }

    /** Short delays are as likely as ten times longer ones: the delay's logarithm is spread evenly. */
    private void hold(HookEvent event) {
        double delay = MIN_DELAY_MS * Math.pow((double) MAX_DELAY_MS / MIN_DELAY_MS, random.nextDouble());
        held.add(new Held(event.getTimestamp() + (long) delay, event));
    }
}
