/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

/** What of a list is written, and when. */
class ListPagesTest {

    /** The first moment of a bucket. */
    private static final long T = 1_795_000_000_000L / PageKey.BUCKET_MS * PageKey.BUCKET_MS;

    private static final int FULL = ListPage.MAX_ENTRIES;

    private final CountedRows rows = new CountedRows();
    private ListPages list = new ListPages(rows.store());

    private static RecordKey session(int n) {
        return RecordKey.ofSession("local", "session-" + n);
    }

    private Listed add(RecordKey session, long time) {
        return new Listed(session, time, list.move(Optional.empty(), session, time));
    }

    private List<Listed> addAll(int count, long time) {
        return IntStream.range(0, count)
                .mapToObj(n -> add(session(n), time + n))
                .toList();
    }

    private Listed move(Listed place, long time) {
        return new Listed(place.session(), time, list.move(Optional.of(place), place.session(), time));
    }

    private List<ListPage.Entry> gathered(String account) {
        return list.gathered(account, entries -> entries);
    }

    private int putsOfPages() {
        return rows.took("put");
    }

    /** All that is stored, by the pages' keys. */
    private List<Listed> stored() {
        List<Listed> all = new ArrayList<>();
        rows.all().stream().filter(ListPagesTest::isPage).forEach(row -> {
            PageKey key = PageKey.of(row.key);
            ListPage.read(row.value)
                    .entries()
                    .forEach(entry -> all.add(new Listed(
                            RecordKey.ofSession(key.account(), entry.sessionId()),
                            entry.lastActivity(),
                            key.number())));
        });
        return all;
    }

    private static boolean isPage(KeyValue<?, byte[]> row) {
        return row.value.length > Long.BYTES;
    }

    @Test
    void sessions_that_are_listed_together_share_a_put_and_those_that_move_together_a_delete() {
        add(session(99), T);
        list.flush();
        assertThat(putsOfPages()).as("a page, and the block of numbers").isEqualTo(2);

        List<Listed> listed = addAll(FULL, T);
        list.flush();
        assertThat(putsOfPages()).isEqualTo(1);

        List<Listed> moved =
                listed.stream().map(place -> move(place, T + 60_000)).toList();
        list.flush();

        assertThat(putsOfPages()).isEqualTo(1);
        assertThat(rows.took("delete")).isEqualTo(1);
        assertThat(stored()).hasSize(FULL + 1).containsAll(moved);
    }

    @Test
    void a_page_that_some_leave_is_rewritten_once() {
        List<Listed> listed = addAll(10, T);
        list.flush();
        rows.took("put");

        listed.subList(0, 9).forEach(list::remove);
        list.flush();

        assertThat(putsOfPages()).isEqualTo(1);
        assertThat(rows.took("delete")).isZero();
        assertThat(stored()).containsExactly(listed.get(9));
    }

    @Test
    void who_comes_and_goes_between_two_commits_leaves_nothing() {
        addAll(1, T).forEach(list::remove);
        list.flush();

        assertThat(stored()).isEmpty();
        assertThat(rows.took("delete")).isZero();
        assertThat(gathered("local")).isEmpty();
    }

    @Test
    void an_emptied_page_takes_those_who_come() {
        List<Listed> listed = addAll(3, T);
        list.flush();
        rows.took("put");

        List<Listed> moved = listed.stream().map(place -> move(place, T + 5000)).toList();
        list.remove(moved.get(0));
        list.flush();

        assertThat(putsOfPages()).isEqualTo(1);
        assertThat(stored()).containsExactlyInAnyOrder(moved.get(1), moved.get(2));
    }

    @Test
    void a_page_holds_one_account_one_bucket_and_so_many_sessions() {
        for (int n = 0; n < 1000; n++) {
            add(RecordKey.ofSession("account-" + n % 3, "session-" + n), T + n * 100L);
        }
        list.flush();

        Set<Listed> all = new HashSet<>(stored());
        assertThat(all).hasSize(1000);
        assertThat(all)
                .allSatisfy(place -> assertThat(place.session().account())
                        .isEqualTo("account-"
                                + Integer.parseInt(place.session().sessionId().substring(8)) % 3));
        assertThat(rows.all()).filteredOn(ListPagesTest::isPage).allSatisfy(row -> {
            assertThat(ListPage.read(row.value).entries()).hasSizeLessThanOrEqualTo(FULL);
            assertThat(ListPage.read(row.value).entries())
                    .allSatisfy(entry -> assertThat(
                                    PageKey.at("", entry.lastActivity(), 0).bucket())
                            .isEqualTo(PageKey.of(row.key).bucket()));
        });
    }

    @Test
    void what_is_gathered_is_bounded_and_in_sight() {
        List<Listed> places = new ArrayList<>();
        for (int n = 0; n < 10 * ListPages.MAX_GATHERED; n++) {
            places.add(add(session(n), T + n * PageKey.BUCKET_MS));
            assertThat(gathered("local")).hasSizeLessThanOrEqualTo(ListPages.MAX_GATHERED);
            assertThat(gathered("local").size() + stored().size()).isEqualTo(n + 1);
        }
        assertThat(gathered("other")).isEmpty();
        list.flush();
        assertThat(gathered("local")).isEmpty();
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void no_start_gives_out_a_number_that_another_has_given_out() {
        Set<Long> numbers = new HashSet<>();
        for (int start = 0; start < 5; start++) {
            Listed place = add(session(start), T);
            assertThat(numbers.add(place.page())).isTrue();
            list.flush();
            if (start == 2) {
                list.remove(place);
                list.flush();
            }
            list = new ListPages(rows.store());
        }
        assertThat(stored()).hasSize(4);
    }

    @Test
    void what_a_transaction_took_with_it_is_free_again() {
        add(session(1), T);
        list.flush();
        rows.commit();
        list = new ListPages(rows.store());
        Listed lost = add(session(2), T);
        list.flush();
        rows.abort();

        list = new ListPages(rows.store());

        assertThat(add(session(3), T)).isEqualTo(new Listed(session(3), T, lost.page()));
    }

    @Test
    void a_place_of_an_earlier_start_is_looked_up() {
        Listed kept = add(session(1), T);
        list.flush();
        Listed neverWritten = add(session(2), T);
        assertThat(list.has(neverWritten)).isTrue();

        list = new ListPages(rows.store());

        assertThat(list.has(kept)).isTrue();
        assertThat(list.has(neverWritten)).isFalse();
        list.remove(neverWritten);
        list.flush();
        assertThat(stored()).containsExactly(kept);
    }
}
