/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's prompts in order: each starts a trace, into which the facts sent without a trace id fall by time. */
final class PromptTimeline {

    private static final int BYTES_PER_PROMPT = 150;

    /** A prompt and the trace that it starts. */
    record Prompt(Fence place, String trace) implements Comparable<Prompt> {
        @Override
        public int compareTo(Prompt other) {
            return place.compareTo(other.place);
        }
    }

    /** A stretch of time, its end left out, and the trace that facts fall into there. */
    record Segment(long from, long to, String trace) {}

    private final List<Prompt> prompts = new ArrayList<>();

    void add(Prompt prompt) {
        int at = prompts.size();
        if (at > 0 && prompts.get(at - 1).compareTo(prompt) > 0) {
            at = -Collections.binarySearch(prompts, prompt) - 1;
        }
        prompts.add(at, prompt);
    }

    void remove(Fence place) {
        prompts.remove(Collections.binarySearch(prompts, new Prompt(place, "")));
    }

    /** The trace of the latest prompt at a time or before. */
    String traceAt(long time) {
        return segmentAt(time).trace();
    }

    /** The latest prompt at a time or before; null before the first. */
    @Nullable
    Prompt promptAt(long time) {
        int at = lastAtOrBefore(time);
        return at < 0 ? null : prompts.get(at);
    }

    /** The stretch that a time is in. */
    Segment segmentAt(long time) {
        int at = lastAtOrBefore(time);
        long to = at + 1 < prompts.size() ? prompts.get(at + 1).place().time() : Long.MAX_VALUE;
        return at < 0
                ? new Segment(Long.MIN_VALUE, to, TraceFigures.PREAMBLE)
                : new Segment(
                        prompts.get(at).place().time(), to, prompts.get(at).trace());
    }

    /** All prompts, in order. */
    List<Prompt> prompts() {
        return prompts;
    }

    /** A trace's prompts, in order. */
    List<Prompt> promptsOf(String trace) {
        return prompts.stream().filter(prompt -> prompt.trace().equals(trace)).toList();
    }

    int weight() {
        return prompts.size() * BYTES_PER_PROMPT;
    }

    private int lastAtOrBefore(long time) {
        int low = 0;
        int high = prompts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (prompts.get(middle).place().time() <= time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
