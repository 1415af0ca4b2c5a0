/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.model.TraceLocations.TraceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The locations of a session's traces, and those that are in no page yet; while the session rests, none of these. */
final class TraceIndex {

    private static final int BYTES_PER_TRACE = 32;

    private final SessionRows rows;
    private final int pageLocations;
    private final TraceLocations locations = new TraceLocations();
    private int pages;
    private List<TraceLocation> pending = new ArrayList<>();

    TraceIndex(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        pageLocations = limits.pageLocations();
    }

    void load(List<TraceLocation> embedded) {
        rows.eachTracePage(page -> {
            locations.applyPage(page);
            pages++;
        });
        locations.apply(embedded);
    }

    OptionalLong startOf(long trace) {
        return locations.startOf(trace);
    }

    /** A trace has its row under a start now. */
    void put(long trace, long start) {
        OptionalLong now = OptionalLong.of(start);
        if (!locations.startOf(trace).equals(now)) {
            add(new TraceLocation(trace, now));
        }
    }

    /** A trace has no row any more. */
    void remove(long trace) {
        add(new TraceLocation(trace, OptionalLong.empty()));
    }

    private void add(TraceLocation location) {
        locations.apply(location);
        pending.add(location);
    }

    /** Writes the pages that are full, and gives the locations that are to lie in the session's row. */
    List<TraceLocation> write(StateOutput out) {
        while (pending.size() >= pageLocations) {
            rows.putTracePage(pages++, TraceLocations.page(pending.subList(0, pageLocations), out));
            pending = new ArrayList<>(pending.subList(pageLocations, pending.size()));
        }
        return pending;
    }

    /** The locations that are in no page. */
    List<TraceLocation> unwritten() {
        return pending;
    }

    void compact() {
        pending = List.of();
    }

    void inflate(List<TraceLocation> embedded) {
        pending = new ArrayList<>(embedded);
    }

    int weight() {
        return locations.size() * BYTES_PER_TRACE;
    }
}
