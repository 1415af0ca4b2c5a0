/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.carrotsearch.hppc.LongHashSet;
import dev.muster.schemas.avro.FactKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolPairsTest {

    private final LongHashSet facts = new LongHashSet();
    private final ToolPairs pairs = new ToolPairs(facts::contains);
    private final List<Long> open = new ArrayList<>();
    private final ToolPairs.Listener listener = new ToolPairs.Listener() {
        @Override
        public void opened(ToolPairs.Start start) {
            open.add(start.time());
        }

        @Override
        public void closed(ToolPairs.Start start) {
            open.remove(start.time());
        }
    };

    @Test
    void a_call_by_its_use_id_takes_memory_only_while_it_is_open() {
        tell(row(1, FactKind.TOOL_START, 2, 100));
        assertThat(pairs.weight()).isPositive();
        assertThat(open).containsExactly(100L);

        tell(row(2, FactKind.TOOL_END, 2, 200));
        assertThat(pairs.weight()).isZero();
        assertThat(open).isEmpty();
    }

    @Test
    void a_start_that_comes_after_its_end_takes_none() {
        tell(row(2, FactKind.TOOL_END, 2, 200));
        tell(row(1, FactKind.TOOL_START, 2, 100));

        assertThat(pairs.weight()).isZero();
        assertThat(open).isEmpty();
    }

    @Test
    void without_calls_nothing_moves() {
        pairs.move(0, 1_000, 7, start -> open.add(start.time()));

        assertThat(open).isEmpty();
        assertThat(pairs.weight()).isZero();
    }

    private void tell(FactRow row) {
        facts.add(row.id());
        pairs.change(row, 1, listener);
    }

    private static FactRow row(long id, FactKind kind, long pair, long time) {
        return new FactRow(id, time, time, time, 0, kind, pair, 0, 5, true, null, new byte[0]);
    }
}
