/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongLongHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's traces have their rows: each under its start, found by the hash of its id. A later location
 * of a trace replaces an earlier; they are kept in pages, the latest in the session's own row.
 */
public final class TraceLocations {

    /**
     * Where one trace has its row.
     *
     * @param trace the hash of a trace's id
     * @param start the start that its row is under, epoch milliseconds; empty when the row is gone
     */
    public record TraceLocation(long trace, OptionalLong start) {

        private static TraceLocation read(StateInput in) {
            return new TraceLocation(in.number(), in.present() ? OptionalLong.of(in.number()) : OptionalLong.empty());
        }
    }

    /** Most sessions are over before a trace of theirs has its row. */
    private @Nullable LongLongHashMap starts;

    /** Applies the locations of a page. */
    public void applyPage(byte[] page) {
        StateInput in = StateInput.of(StateSchema.TRACE_LOCATIONS, page);
        in.array(() -> apply(TraceLocation.read(in)));
    }

    /** Applies locations that are no page yet, after all pages. */
    public void apply(List<TraceLocation> locations) {
        locations.forEach(this::apply);
    }

    void apply(TraceLocation location) {
        LongLongHashMap known = starts;
        if (known == null) {
            known = new LongLongHashMap();
            starts = known;
        }
        if (location.start().isPresent()) {
            known.put(location.trace(), location.start().getAsLong());
        } else {
            known.remove(location.trace());
        }
    }

    /** The start that a trace's row is under, epoch milliseconds; empty when it has none. */
    public OptionalLong startOf(long trace) {
        LongLongHashMap known = starts;
        return known != null && known.containsKey(trace) ? OptionalLong.of(known.get(trace)) : OptionalLong.empty();
    }

    int size() {
        LongLongHashMap known = starts;
        return known == null ? 0 : known.size();
    }

    static void write(List<TraceLocation> locations, StateOutput out) {
        out.array(locations.size());
        for (TraceLocation location : locations) {
            out.item();
            out.number(location.trace());
            out.branch(location.start().isPresent());
            location.start().ifPresent(out::number);
        }
        out.arrayEnd();
    }

    static byte[] page(List<TraceLocation> locations, StateOutput out) {
        out.begin(StateSchema.TRACE_LOCATIONS);
        write(locations, out);
        return out.end();
    }

    static List<TraceLocation> read(StateInput in) {
        List<TraceLocation> locations = new ArrayList<>();
        in.array(() -> locations.add(TraceLocation.read(in)));
        return locations;
    }
}
