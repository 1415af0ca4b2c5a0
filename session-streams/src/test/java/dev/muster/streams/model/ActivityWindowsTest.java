/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ActivityWindowsTest {

    private static final long GAP = 30 * 60_000;

    private final MemoryRows rows = new MemoryRows();

    @Property
    void the_windows_are_the_union_of_the_times(@ForAll("times") List<Long> times, @ForAll int writeEvery) {
        assertUnion(times.stream().map(time -> Map.entry(time, time)).toList(), writeEvery);
    }

    @Property
    void what_lasts_bridges_what_is_within_it(
            @ForAll("times") List<Long> times, @ForAll("times") List<Long> ends, @ForAll int writeEvery) {
        List<Map.Entry<Long, Long>> intervals = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            long other = ends.get(i % ends.size());
            intervals.add(Map.entry(Math.min(times.get(i), other), Math.max(times.get(i), other)));
        }
        assertUnion(intervals, writeEvery);
    }

    private static void assertUnion(List<Map.Entry<Long, Long>> intervals, int writeEvery) {
        MemoryRows stored = new MemoryRows();
        ActivityWindows windows = new ActivityWindows();
        int every = 1 + Math.floorMod(writeEvery, 7);
        for (int i = 0; i < intervals.size(); i++) {
            windows.add(intervals.get(i).getKey(), intervals.get(i).getValue());
            if (i % every == 0) {
                windows.write(stored);
                windows.markClean();
            }
        }
        windows.write(stored);
        windows.markClean();

        TreeMap<Long, Long> expected = new TreeMap<>();
        intervals.stream().sorted(Map.Entry.comparingByKey()).forEach(interval -> {
            Map.Entry<Long, Long> last = expected.lastEntry();
            boolean goesOn = last != null && interval.getKey() - last.getValue() <= GAP;
            expected.put(
                    goesOn ? last.getKey() : interval.getKey(),
                    goesOn ? Math.max(last.getValue(), interval.getValue()) : interval.getValue());
        });
        assertThat(windows.count()).isEqualTo(expected.size());
        assertThat(Map.entry(windows.lastStart(), windows.lastEnd())).isEqualTo(expected.lastEntry());
        assertThat(windows.activeMs())
                .isEqualTo(expected.entrySet().stream()
                        .mapToLong(window -> window.getValue() - window.getKey())
                        .sum());
        assertThat(stored.windows()).isEqualTo(expected.headMap(expected.lastKey()));
    }

    @Test
    void thirty_minutes_are_within_a_window_and_a_millisecond_more_is_not() {
        assertThat(of(0, GAP).count()).isEqualTo(1);
        assertThat(of(GAP, 0).count()).isEqualTo(1);
        assertThat(of(0, GAP + 1).count()).isEqualTo(2);
        assertThat(of(GAP + 1, 0).count()).isEqualTo(2);
    }

    @Test
    void a_window_gets_its_row_when_it_closes_and_loses_it_when_a_late_time_bridges_it_to_the_last() {
        ActivityWindows windows = of(0, 10, 2 * GAP);
        windows.write(rows);
        windows.markClean();
        assertThat(rows.windows()).containsExactly(Map.entry(0L, 10L));

        windows.add(GAP);
        windows.write(rows);
        windows.markClean();
        assertThat(rows.windows()).isEmpty();
        assertThat(Map.entry(windows.lastStart(), windows.lastEnd())).isEqualTo(Map.entry(0L, 2 * GAP));
    }

    @Test
    void what_was_read_goes_on() {
        ActivityWindows windows = of(0, 10, 2 * GAP);
        windows.write(rows);
        ActivityWindows read = new ActivityWindows();
        rows.eachWindow(read::restore);
        read.restoreLast(2 * GAP, 2 * GAP);

        read.add(GAP);
        read.write(rows);

        assertThat(rows.windows()).isEmpty();
        assertThat(read.activeMs()).isEqualTo(2 * GAP);
    }

    private static ActivityWindows of(long... times) {
        ActivityWindows windows = new ActivityWindows();
        for (long time : times) {
            windows.add(time);
        }
        return windows;
    }

    @Provide
    Arbitrary<List<Long>> times() {
        return Arbitraries.longs()
                .between(0, 60)
                .map(n -> n * GAP / 2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
