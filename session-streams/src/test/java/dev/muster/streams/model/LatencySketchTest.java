/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LatencySketchTest {

    /** Within 1 % of the ceil(q·n)-th smallest. */
    static void assertNearestRank(LatencySketch sketch, List<Long> sorted, int percent) {
        int rank = (percent * sorted.size() + 99) / 100;
        long exact = sorted.get(rank - 1);
        long off = Math.abs(sketch.percentile(percent) - exact);
        assertThat(100 * off).as("p%s of %s", percent, sorted).isLessThanOrEqualTo(exact);
    }

    @Property(tries = 500)
    void every_percentile_is_within_1_percent(@ForAll("durations") List<Long> durations) {
        LatencySketch sketch = sketchOf(durations);
        List<Long> sorted = durations.stream().sorted().toList();

        assertThat(sketch.count()).isEqualTo(durations.size());
        for (int percent = 1; percent <= 100; percent++) {
            assertNearestRank(sketch, sorted, percent);
        }
    }

    @Property(tries = 300)
    void what_was_taken_out_again_was_never_there(
            @ForAll("durations") List<Long> stays, @ForAll("durations") List<Long> goes, @ForAll long seed) {
        record Step(long duration, int sign) {}
        List<Step> steps = new ArrayList<>();
        stays.forEach(duration -> steps.add(new Step(duration, 1)));
        goes.forEach(duration -> steps.add(new Step(duration, 1)));
        goes.forEach(duration -> steps.add(new Step(duration, -1)));
        Collections.shuffle(steps, new Random(seed));
        LatencySketch sketch = new LatencySketch();
        steps.forEach(step -> sketch.add(step.duration, step.sign));

        assertThat(bytes(sketch)).isEqualTo(bytes(sketchOf(stays)));
    }

    @Property(tries = 200)
    void what_another_holds_is_taken_in_and_out_again(
            @ForAll("durations") List<Long> own, @ForAll("durations") List<Long> others) {
        LatencySketch sketch = sketchOf(own);
        List<Long> both = new ArrayList<>(own);
        both.addAll(others);

        sketch.add(sketchOf(others), 1);
        assertThat(bytes(sketch)).isEqualTo(bytes(sketchOf(both)));
        sketch.add(sketchOf(others), -1);
        assertThat(bytes(sketch)).isEqualTo(bytes(sketchOf(own)));
    }

    @Test
    void counts_and_durations_have_no_small_bounds() {
        LatencySketch sketch = new LatencySketch();
        sketch.add(Long.MAX_VALUE, 1L << 40);
        sketch.add(0, -3);

        assertThat(sketch.count()).isEqualTo((1L << 40) - 3);
        assertThat(bytes(sketch)).isNotEmpty();
    }

    @Test
    void without_durations_there_is_no_percentile() {
        assertThatIllegalStateException().isThrownBy(() -> new LatencySketch().percentile(50));
    }

    @Test
    void p95_is_the_ceiling_of_the_rank_for_any_count() {
        LatencySketch sketch = new LatencySketch();
        for (int n = 1; n <= 40; n++) {
            sketch.add(n, 1);
            assertThat(sketch.percentile(95)).isEqualTo((long) Math.ceil(95 * n / 100.0));
        }
    }

    @Provide
    Arbitrary<List<Long>> durations() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.longs().between(0, 300),
                        Arbitraries.of(0L, 1L, 2L, 49L, 50L, 51L, 99L, 1_000_000_000_000L))
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    private static LatencySketch sketchOf(List<Long> durations) {
        LatencySketch sketch = new LatencySketch();
        durations.forEach(duration -> sketch.add(duration, 1));
        return sketch;
    }

    /** As it stands in a trace's value, which also shows that it is read as it was written. */
    private static byte[] bytes(LatencySketch sketch) {
        byte[] written = write(sketch);
        StateInput in = StateInput.of(StateSchema.TRACE, written);
        assertThat(write(LatencySketch.read(in))).isEqualTo(written);
        return written;
    }

    private static byte[] write(LatencySketch sketch) {
        StateOutput out = new StateOutput().begin(StateSchema.TRACE);
        sketch.write(out);
        return out.end();
    }
}
