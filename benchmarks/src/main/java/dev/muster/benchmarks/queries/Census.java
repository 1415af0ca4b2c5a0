/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.FleetScript;
import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Knows what answers have to be: counts what a fleet's sessions were made to be, and ranks them as they are shown. All counts
 * are made in one pass, and all rankings in another.
 */
final class Census {

    private static final int PAGE = 500;

    private final List<Consumer<SessionPlan>> counters = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private final List<Ranking> rankings = new ArrayList<>();

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

    /** How many different values the sessions have that are so; known after the pass, which forgets the values. */
    LongSupplier distinct(Predicate<SessionPlan> of, ToLongFunction<SessionPlan> value) {
        Set<Long> seen = new HashSet<>();
        long[] count = new long[1];
        counters.add(plan -> {
            if (of.test(plan)) {
                seen.add(value.applyAsLong(plan));
            }
        });
        ends.add(() -> {
            count[0] = seen.size();
            seen.clear();
        });
        return () -> count[0];
    }

    /** The ids of the sessions at some places of a list; known after the pass. */
    Supplier<List<Object>> rank(WantedSessions wanted, SessionSort sort, int from, int to) {
        Ranking ranking = new Ranking(wanted, sort, to);
        rankings.add(ranking);
        return () -> ranking.ids(from);
    }

    /**
     * Makes the passes.
     *
     * @param reader shows the sessions; in the order of their last activity, in which none is passed over
     */
    void take(FleetScript script, AccountReader reader) {
        script.plans().forEach(plan -> counters.forEach(counter -> counter.accept(plan)));
        ends.forEach(Runnable::run);
        Optional<String> cursor = Optional.empty();
        do {
            Page<SessionView> page =
                    reader.sessions(Asked.ACCOUNT, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, PAGE, cursor);
            page.items().forEach(session -> rankings.forEach(ranking -> ranking.look(session)));
            cursor = page.nextCursor();
        } while (cursor.isPresent());
    }
}
