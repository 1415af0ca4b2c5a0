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
import org.jspecify.annotations.Nullable;

/**
 * A session's events as a network brings them: of a hundred, five come a few places too late, and one comes again some
 * places later. Neither changes how many there are: at the end, what was held back takes the place of new events.
 */
final class Disorder implements Iterator<HookEvent> {

    private static final int LATE_PERCENT = 5;
    private static final int LATE_BY = 3;
    private static final int REPEATED_PERCENT = 1;
    private static final int REPEATED_WITHIN = 20;

    private record Held(int due, HookEvent event) {}

    private final SessionScript script;
    private final SplittableRandom random;
    private final int records;
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingInt(Held::due));
    private int sent;
    private int repeats;

    Disorder(SessionScript script, int records, SplittableRandom random) {
        this.script = script;
        this.records = records;
        this.random = random;
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
        HookEvent event = late();
        if (event == null) {
            event = fresh();
        }
        sent++;
        return event;
    }

    private @Nullable HookEvent late() {
        Held first = held.peek();
        if (first == null || (first.due > sent && held.size() < records - sent)) {
            return null;
        }
        held.remove();
        return first.event;
    }

    private HookEvent fresh() {
        HookEvent event = script.next();
        int free = records - sent - held.size();
        if (free > 1 && random.nextInt(100) < LATE_PERCENT) {
            held.add(new Held(sent + 1 + random.nextInt(LATE_BY), event));
            return fresh();
        }
        if (free > 1 && random.nextInt(100) < REPEATED_PERCENT) {
            held.add(new Held(sent + 1 + random.nextInt(REPEATED_WITHIN), event));
            repeats++;
        }
        return event;
    }

    /** How many of the events so far will have been repeated. */
    int repeats() {
        return repeats;
    }
}
