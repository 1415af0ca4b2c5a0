/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session's prompts in order: each starts a trace, into which the facts sent without a trace id fall by time. */
final class PromptTimeline {

    /** Room in the arrays, and a trace's id as a text of some 40 characters. */
    private static final int BYTES_PER_PROMPT = 110;

    private static final long[] NO_PLACES = {};
    private static final @Nullable String[] NO_TRACES = {};

    /** A prompt and the trace that it starts. */
    record Prompt(FactPosition place, String trace) {}

    /** A stretch of time, its end left out, and the trace that facts fall into there. */
    record Segment(long from, long to, String trace) {}

    /** The prompts' times, and with the same index the hashes of their ids and the traces that they start. */
    private long[] times = NO_PLACES;

    private long[] ids = NO_PLACES;
    private @Nullable String[] traces = NO_TRACES;
    private int size;

    void add(Prompt prompt) {
        int at = firstNotBefore(prompt.place());
        if (size == times.length) {
            int room = size + size / 2 + 2;
            times = Arrays.copyOf(times, room);
            ids = Arrays.copyOf(ids, room);
            traces = Arrays.copyOf(traces, room);
        }
        shift(at, at + 1);
        times[at] = prompt.place().time();
        ids[at] = prompt.place().id();
        traces[at] = prompt.trace();
        size++;
    }

    void remove(FactPosition place) {
        int at = firstNotBefore(place);
        if (at == size || times[at] != place.time() || ids[at] != place.id()) {
            throw new IllegalStateException("no prompt at " + place);
        }
        shift(at + 1, at);
        size--;
        traces[size] = null;
    }

    private void shift(int from, int to) {
        System.arraycopy(times, from, times, to, size - from);
        System.arraycopy(ids, from, ids, to, size - from);
        System.arraycopy(traces, from, traces, to, size - from);
    }

    /** The trace of the latest prompt at a time or before. */
    String traceAt(long time) {
        int at = lastAtOrBefore(time);
        return at < 0 ? TraceAggregate.PREAMBLE : traceOf(at);
    }

    /** The latest prompt at a time or before; null before the first. */
    @Nullable
    Prompt promptAt(long time) {
        int at = lastAtOrBefore(time);
        return at < 0 ? null : promptOf(at);
    }

    /** The stretch that a time is in. */
    Segment segmentAt(long time) {
        int at = lastAtOrBefore(time);
        long to = at + 1 < size ? times[at + 1] : Long.MAX_VALUE;
        return at < 0
                ? new Segment(Long.MIN_VALUE, to, TraceAggregate.PREAMBLE)
                : new Segment(times[at], to, traceOf(at));
    }

    /** All prompts, in order. */
    List<Prompt> prompts() {
        List<Prompt> prompts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            prompts.add(promptOf(i));
        }
        return prompts;
    }

    /** A trace's prompts, in order. */
    List<Prompt> promptsOf(String trace) {
        return prompts().stream().filter(prompt -> prompt.trace().equals(trace)).toList();
    }

    int weight() {
        return size * BYTES_PER_PROMPT;
    }

    private Prompt promptOf(int at) {
        return new Prompt(new FactPosition(times[at], ids[at]), traceOf(at));
    }

    private String traceOf(int at) {
        return Objects.requireNonNull(traces[at]);
    }

    private int lastAtOrBefore(long time) {
        return time == Long.MAX_VALUE ? size - 1 : firstNotBefore(FactPosition.at(time + 1)) - 1;
    }

    /** The first prompt at a place or behind it; nearly always there is none. */
    private int firstNotBefore(FactPosition place) {
        if (size == 0 || order(size - 1, place) < 0) {
            return size;
        }
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order(middle, place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int order(int at, FactPosition place) {
        return times[at] != place.time()
                ? Long.compare(times[at], place.time())
                : Long.compareUnsigned(ids[at], place.id());
    }
}
