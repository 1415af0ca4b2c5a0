/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FactIdsTest {

    private static final int STEP_MS = 64;

    private final FactIds ids = new FactIds();

    /** One operation: an id and its time, or no time for its removal. */
    private record Step(long id, long time, boolean removes) {}

    @Property(tries = 500)
    void it_knows_what_a_map_would_know(@ForAll("steps") List<Step> steps) {
        FactIds table = new FactIds();
        Map<Long, Long> expected = new HashMap<>();
        for (Step step : steps) {
            if (step.removes) {
                table.remove(step.id);
                expected.remove(step.id);
            } else {
                table.put(step.id, step.time);
                expected.put(step.id, step.time);
            }
        }
        for (Step step : steps) {
            Long time = expected.get(step.id);
            assertThat(table.has(step.id)).isEqualTo(time != null);
            if (time == null) {
                assertThat(table.find(step.id)).isNull();
            } else {
                FactIds.Span span = requireNonNull(table.find(step.id));
                assertThat(time).isBetween(span.from(), span.to());
            }
        }
    }

    @Test
    void thousands_come_and_half_of_them_go() {
        Random random = new Random(7);
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            all.add(random.nextLong());
            ids.put(all.get(i), i * 1_000L);
        }
        all.subList(0, 10_000).forEach(ids::remove);

        assertThat(all.subList(0, 10_000)).noneMatch(ids::has);
        for (int i = 10_000; i < 20_000; i++) {
            FactIds.Span span = requireNonNull(ids.find(all.get(i)));
            assertThat(span.from()).isBetween(i * 1_000L - STEP_MS, i * 1_000L);
            assertThat(span.to() - span.from()).isEqualTo(STEP_MS - 1);
        }
    }

    @Test
    void a_fact_takes_from_12_to_24_bytes() {
        assertThat(ids.weight()).isEqualTo(96);
        for (int i = 1; i <= 10_000; i++) {
            ids.put(Hashes.of("fact-" + i), i);
            if (i >= 8) {
                assertThat(ids.weight()).as("of %s", i).isBetween(12 * i, 24 * i);
            }
        }
    }

    @Test
    void a_time_that_lies_decades_off_is_found_between_there_and_the_end() {
        long decades = 50L * 365 * 86_400_000;
        ids.put(1, 0);
        ids.put(2, decades);
        ids.put(3, -decades);

        assertThat(ids.find(2)).isNotNull().satisfies(span -> {
            assertThat(span.from()).isBetween(decades / 20, decades);
            assertThat(span.to()).isEqualTo(Long.MAX_VALUE);
        });
        assertThat(ids.find(3)).isNotNull().satisfies(span -> {
            assertThat(span.from()).isEqualTo(Long.MIN_VALUE);
            assertThat(span.to()).isBetween(-decades, -decades / 20);
        });
    }

    /** Few ids, near each other in the table and at its end, so that they stand in each other's way. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> id = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 12),
                Arbitraries.longs().between(-12, -1),
                Arbitraries.longs().between(1, 40).map(n -> n << 57));
        Arbitrary<Long> time =
                Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 100_000));
        return Combinators.combine(id, time, Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
