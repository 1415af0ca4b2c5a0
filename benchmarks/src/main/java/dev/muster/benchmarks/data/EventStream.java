/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.avro.HookEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of a data set in the order in which they come: the same seed and time, the same events. Sessions at work are
 * merged by time, and memory is taken for these only.
 */
public final class EventStream implements Iterator<HookEvent> {

    private static final int BEGIN_WITHIN_MS = 5_000;

    private final DataSet data;
    private final SplittableRandom random;
    private final PriorityQueue<Disorder> atWork = new PriorityQueue<>(Comparator.comparingLong(Disorder::due));
    private int begun;
    private int repeats;

    EventStream(DataSet data, long seed, Instant now) {
        this.data = data;
        random = new SplittableRandom(seed);
        long began = now.minus(data.age()).toEpochMilli();
        while (begun < data.active()) {
            begin(began);
        }
    }

    private void begin(long after) {
        int each = data.records() / data.sessions();
        int longer = data.records() % data.sessions();
        // Spreads the longer ones over all.
        boolean isLonger = (long) begun * longer % data.sessions() + longer >= data.sessions();
        long began = after + random.nextInt(BEGIN_WITHIN_MS);
        SessionScript script = new SessionScript(begun, began, data.turns(), random.split());
        atWork.add(new Disorder(script, isLonger ? each + 1 : each, random.split()));
        begun++;
    }

    @Override
    public boolean hasNext() {
        return !atWork.isEmpty();
    }

    @Override
    public HookEvent next() {
        Disorder session = atWork.poll();
        if (session == null) {
            throw new NoSuchElementException("all events were taken");
        }
        long now = session.due();
        HookEvent event = session.next();
        if (session.hasNext()) {
            atWork.add(session);
        } else {
            repeats += session.repeats();
            if (begun < data.sessions()) {
                begin(now);
            }
        }
        return event;
    }

    /** How many of the events were repeats of earlier ones; known when all were taken. */
    public int repeats() {
        if (hasNext()) {
            throw new IllegalStateException("there are events left");
        }
        return repeats;
    }

    /** How many sessions are held in memory, at most as many as are at work at the same time. */
    int atWork() {
        return atWork.size();
    }
}
