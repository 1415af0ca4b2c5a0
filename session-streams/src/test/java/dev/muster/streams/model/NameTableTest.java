/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NameTableTest {

    private static final int KEPT = 100;

    @Property(tries = 200)
    void the_first_names_are_kept_in_whatever_order_they_come(@ForAll("names") List<String> names, @ForAll long seed) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        NameTable table = tableOf(names);

        assertThat(tableOf(shuffled).rows()).isEqualTo(table.rows());
        List<String> kept = new TreeSet<>(names).stream().limit(KEPT).toList();
        List<String> expected = new ArrayList<>(kept);
        if (new TreeSet<>(names).size() > KEPT) {
            expected.add(NameTable.OTHERS);
        }
        assertThat(table.rows()).extracting(NameTable.Row::name).isEqualTo(expected);
        for (NameTable.Row row : table.rows()) {
            long told = names.stream()
                    .filter(name -> row.name().equals(NameTable.OTHERS)
                            ? !kept.contains(name)
                            : row.name().equals(name))
                    .count();
            assertThat(row.counters()).containsExactly(told, told * 10);
        }
    }

    @Property(tries = 50)
    void it_goes_on_as_it_was_read(@ForAll("names") List<String> names) {
        int middle = names.size() / 2;
        NameTable table = reread(tableOf(names.subList(0, middle)));
        names.subList(middle, names.size()).forEach(name -> count(table, name));

        assertThat(table.rows()).isEqualTo(tableOf(names).rows());
    }

    @Test
    void a_name_whose_counters_are_0_again_is_not_shown() {
        NameTable table = tableOf(List.of("a", "b"));
        table.add(table.row("a"), 0, -1);
        table.add(table.row("a"), 1, -10);

        assertThat(table.rows()).extracting(NameTable.Row::name).containsExactly("b");
    }

    @Test
    void a_long_name_is_cut_between_characters_and_stays_the_same_when_read_back() {
        String name = "x".repeat(199) + "é😀".repeat(50);
        NameTable table = new NameTable(2);
        count(table, name);
        NameTable read = reread(table);
        count(read, name);

        assertThat(read.rows()).hasSize(1);
        assertThat(read.rows().get(0).counters()).containsExactly(2, 20);
        assertThat(read.rows().get(0).name()).isEqualTo("x".repeat(199));
    }

    @Test
    void tables_share_the_texts_of_their_names() {
        NameTable one = tableOf(List.of("Gr".concat("ep")));
        NameTable other = reread(tableOf(List.of("Gr".concat("ep"))));

        assertThat(one.rows().get(0).name()).isSameAs(other.rows().get(0).name());
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.integers()
                .between(0, 160)
                .map(n -> "tool-" + n)
                .list()
                .ofMinSize(1)
                .ofMaxSize(600);
    }

    private static NameTable tableOf(List<String> names) {
        NameTable table = new NameTable(2);
        names.forEach(name -> count(table, name));
        return table;
    }

    private static void count(NameTable table, String name) {
        int row = table.row(name);
        table.add(row, 0, 1);
        table.add(row, 1, 10);
    }

    private static NameTable reread(NameTable table) {
        StateOutput out = new StateOutput().begin(StateSchema.TRACE);
        table.write(out);
        return NameTable.read(StateInput.of(StateSchema.TRACE, out.end()), 2);
    }
}
