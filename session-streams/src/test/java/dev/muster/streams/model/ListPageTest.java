/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage.Entry;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ListPageTest {

    private static ListPage of(List<Entry> entries) {
        ListPage page = ListPage.EMPTY;
        for (Entry entry : entries) {
            page = page.with(entry);
        }
        return page;
    }

    @Property(tries = 200)
    void a_page_is_read_as_it_was_written(@ForAll("entries") List<Entry> entries) {
        ListPage page = of(entries);

        assertThat(page.entries()).isEqualTo(entries);
        assertThat(ListPage.read(page.toBytes(new StateOutput()))).isEqualTo(page);
        assertThat(page.isFull()).isEqualTo(entries.size() == ListPage.MAX_ENTRIES);
    }

    @Property(tries = 200)
    void an_entry_that_goes_leaves_the_others(@ForAll("entries") List<Entry> entries) {
        ListPage page = of(entries);
        Entry entry = new Entry(7, "one more");

        assertThat(page.with(entry).without(entry)).isEqualTo(page);
        assertThat(page.without(entry)).isEqualTo(page);
        assertThat(page.with(entry).without(new Entry(8, "one more")).entries())
                .as("the same session at another time")
                .contains(entry);
    }

    @Test
    void the_longest_ids_keep_a_page_small() {
        ListPage page = ListPage.EMPTY;
        for (long n = 0; !page.isFull(); n++) {
            page = page.with(
                    new Entry(n % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE, "名".repeat(RecordKey.MAX_SESSION_ID)));
        }
        assertThat(page.toBytes(new StateOutput()).length).isLessThan(40 << 10);
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.strings()
                                .alpha()
                                .withChars("-名")
                                .ofMinLength(1)
                                .ofMaxLength(40))
                .as(Entry::new)
                .list()
                .ofMaxSize(ListPage.MAX_ENTRIES);
    }
}
