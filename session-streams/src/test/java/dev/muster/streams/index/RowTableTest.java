/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RowTableTest {

    /** Few hashes, so that many rows share one. */
    private static int hash(int row) {
        return row % 7 * 0x1000_0001;
    }

    @Property(tries = 300)
    void finds_the_rows_that_were_added_and_not_removed(@ForAll Random random) {
        RowTable table = new RowTable();
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            int row = random.nextInt(60);
            if (rows.add(row)) {
                table.add(row, hash(row), RowTableTest::hash);
            } else if (random.nextInt(3) > 0) {
                rows.remove(row);
                table.remove(row, hash(row), RowTableTest::hash);
            }
        }
        for (int row = 0; row < 60; row++) {
            int wanted = row;
            assertThat(table.find(hash(row), found -> found == wanted)).isEqualTo(rows.contains(row) ? row : -1);
        }
    }
}
