/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.FleetScript;
import dev.muster.benchmarks.data.SessionPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Counts what a fleet's sessions are made to be, which is what answers are checked by: all counts in one pass over them. */
final class Census {

    private final List<Consumer<SessionPlan>> counters = new ArrayList<>();

    /** How many sessions are so; known after the pass. */
    LongSupplier count(Predicate<SessionPlan> of) {
        return sum(plan -> of.test(plan) ? 1 : 0);
    }

    /** The sum over all sessions; known after the pass. */
    LongSupplier sum(ToLongFunction<SessionPlan> of) {
        long[] sum = new long[1];
        counters.add(plan -> sum[0] += of.applyAsLong(plan));
        return () -> sum[0];
    }

    /** How many different values the sessions have that are so; known after the pass. */
    LongSupplier distinct(Predicate<SessionPlan> of, Function<SessionPlan, Object> value) {
        Set<Object> seen = new HashSet<>();
        counters.add(plan -> {
            if (of.test(plan)) {
                seen.add(value.apply(plan));
            }
        });
        return seen::size;
    }

    /** Makes the pass. */
    void take(FleetScript script) {
        script.plans().forEach(plan -> counters.forEach(counter -> counter.accept(plan)));
    }
}
