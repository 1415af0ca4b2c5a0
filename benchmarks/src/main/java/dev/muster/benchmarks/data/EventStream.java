/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.avro.HookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** The events of a data set in the order in which they are sent: the same seed and time, the same events. */
public final class EventStream implements Iterator<HookEvent> {

    private static final Duration BEGAN_BEFORE = Duration.ofDays(20);
    private static final int BEGAN_WITHIN_MS = 600_000;

    private final SplittableRandom random;
    private final List<Disorder> open = new ArrayList<>();
    private int repeats;

    EventStream(DataSet data, long seed, Instant now) {
        random = new SplittableRandom(seed);
        int each = data.records() / data.sessions();
        int longer = data.records() % data.sessions();
        for (int i = 0; i < data.sessions(); i++) {
            long began = now.minus(BEGAN_BEFORE).toEpochMilli() + random.nextInt(BEGAN_WITHIN_MS);
            SessionScript script = new SessionScript(i, began, random.split());
            open.add(new Disorder(script, i < longer ? each + 1 : each, random.split()));
        }
        open.removeIf(session -> !session.hasNext());
    }

    @Override
    public boolean hasNext() {
        return !open.isEmpty();
    }

    @Override
    public HookEvent next() {
        if (open.isEmpty()) {
            throw new NoSuchElementException("all events were taken");
        }
        int at = random.nextInt(open.size());
        Disorder session = open.get(at);
        HookEvent event = session.next();
        if (!session.hasNext()) {
            repeats += session.repeats();
            open.set(at, open.get(open.size() - 1));
            open.remove(open.size() - 1);
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
}
