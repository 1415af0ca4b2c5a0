/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import org.jspecify.annotations.Nullable;

/** How long facts took, by what they are. A sketch is null before the first duration of its kind. */
final class Latencies {

    private @Nullable LatencySketch tools;
    private @Nullable LatencySketch models;
    private @Nullable LatencySketch others;

    /** Takes a duration of a fact in, or with a negative sign out again. */
    void add(FactKind kind, long durationMs, int sign) {
        LatencySketch sketch;
        if (kind == FactKind.TOOL_END) {
            tools = orNew(tools);
            sketch = tools;
        } else if (kind == FactKind.MODEL_REQUEST) {
            models = orNew(models);
            sketch = models;
        } else {
            others = orNew(others);
            sketch = others;
        }
        sketch.add(durationMs, sign);
    }

    /** Takes in what another holds, or with a negative sign out again. */
    void add(Latencies other, int sign) {
        if (other.tools != null) {
            tools = orNew(tools);
            tools.add(other.tools, sign);
        }
        if (other.models != null) {
            models = orNew(models);
            models.add(other.models, sign);
        }
        if (other.others != null) {
            others = orNew(others);
            others.add(other.others, sign);
        }
    }

    /** Every duration: added up when it is asked for, so that none is kept twice. */
    LatencySketch all() {
        LatencySketch all = new LatencySketch();
        all.add(tools(), 1);
        all.add(models(), 1);
        all.add(orNew(others), 1);
        return all;
    }

    LatencySketch tools() {
        return orNew(tools);
    }

    LatencySketch models() {
        return orNew(models);
    }

    private static LatencySketch orNew(@Nullable LatencySketch sketch) {
        return sketch == null ? new LatencySketch() : sketch;
    }

    /** Writes all, tools and models. */
    void write(StateOutput out) {
        all().write(out);
        tools().write(out);
        models().write(out);
    }

    static Latencies read(StateInput in) {
        LatencySketch rest = LatencySketch.read(in);
        LatencySketch ofTools = LatencySketch.read(in);
        LatencySketch ofModels = LatencySketch.read(in);
        rest.add(ofTools, -1);
        rest.add(ofModels, -1);
        Latencies latencies = new Latencies();
        latencies.tools = ofTools.isEmpty() ? null : ofTools;
        latencies.models = ofModels.isEmpty() ? null : ofModels;
        latencies.others = rest.isEmpty() ? null : rest;
        return latencies;
    }
}
