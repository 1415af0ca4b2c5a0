/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.model.TraceLocations.TraceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's own row carries of what other rows hold: it lies over those, which are older or not there.
 *
 * @param traces the figures of traces; those without events hide their row
 * @param chunks chunks by their fence; null for one that is gone
 * @param locations the last locations of traces
 */
public record Overlay(List<byte[]> traces, Map<FactPosition, byte @Nullable []> chunks, List<TraceLocation> locations) {

    void write(StateOutput out) {
        out.array(traces.size());
        for (byte[] trace : traces) {
            out.item();
            out.bytes(trace, 0, trace.length);
        }
        out.arrayEnd();
        out.array(chunks.size());
        chunks.forEach((fence, value) -> {
            out.item();
            out.number(fence.time());
            out.number(fence.id());
            out.optionalBytes(value);
        });
        out.arrayEnd();
        TraceLocations.write(locations, out);
    }

    static Overlay read(StateInput in) {
        List<byte[]> traces = new ArrayList<>(2);
        in.array(() -> traces.add(in.bytes()));
        Map<FactPosition, byte @Nullable []> chunks = new HashMap<>(4);
        in.array(() -> chunks.put(new FactPosition(in.number(), in.number()), in.optionalBytes()));
        return new Overlay(traces, chunks, TraceLocations.read(in));
    }
}
