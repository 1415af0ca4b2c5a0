/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's own row carries of its traces and chunks: it lies over their rows, which are older or not there.
 *
 * @param traces the figures of traces; those without events hide their row
 * @param chunks chunks by their fence; null for one that is gone
 */
public record Overlay(List<byte[]> traces, Map<Fence, byte @Nullable []> chunks) {

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
    }

    static Overlay read(StateInput in) {
        Overlay overlay = new Overlay(new ArrayList<>(2), new HashMap<>(4));
        in.array(() -> overlay.traces.add(in.bytes()));
        in.array(() -> overlay.chunks.put(new Fence(in.number(), in.number()), in.optionalBytes()));
        return overlay;
    }
}
