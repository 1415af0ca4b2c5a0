/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.store.DayKey.Member;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** The keys around agents' days: what they say is read back, and they sort as they are walked. */
class DayKeyTest {

    private static final DayKey KEY = new DayKey("local", 20_000, "c1");

    @Test
    void keys_are_read_back() {
        for (DayKey key : List.of(KEY, new DayKey("a", -1, "with\0zero"), new DayKey("a", 0, ""))) {
            for (Member member : List.of(new Member(5, "s"), new Member(-5, "\0"))) {
                assertThat(DayKey.member(key.members(), key.member(member))).isEqualTo(member);
                assertThat(DayKey.isOfDay(key.member(member))).isTrue();
            }
            assertThat(DayKey.isOfDay(key.toBytes())).isTrue();
            Bytes agent = DayKey.agent(key.account(), key.agentId());
            assertThat(DayKey.agentOf(DayKey.agentsOf(key.account()), agent)).isEqualTo(key.agentId());
            assertThat(DayKey.isOfDay(agent)).isFalse();
        }
        assertThat(DayKey.isOfDay(StoreKeys.activities(""))).isFalse();
    }

    @Test
    void days_and_sessions_sort_with_the_latest_first() {
        assertThat(KEY.toBytes()).isLessThan(new DayKey("local", 19_999, "c0").toBytes());
        assertThat(KEY.member(new Member(10, "z"))).isLessThan(KEY.member(new Member(9, "a")));
        assertThat(KEY.member(new Member(9, "a"))).isLessThan(KEY.member(new Member(9, "b")));
    }

    @Test
    void no_other_agents_sessions_lie_among_an_agents() {
        Bytes end = StoreKeys.endOf(KEY.members());
        for (String other : List.of("c", "c10", "c1\0", "c1\0\1", "c2")) {
            Bytes key = new DayKey("local", 20_000, other).member(new Member(Long.MAX_VALUE, "s"));
            assertThat(key.compareTo(KEY.members()) < 0 || key.compareTo(end) >= 0)
                    .as(other)
                    .isTrue();
        }
    }

    @Test
    void a_sessions_own_row_is_told_from_its_windows() {
        for (String id : List.of("s", "s\0", "\0\1", "/c000000000000000000000000")) {
            byte[] session = StoreKeys.session("local", id);
            assertThat(StoreKeys.isSession(Bytes.wrap(session))).isTrue();
            assertThat(StoreKeys.isSession(StoreKeys.window(session, 1))).isFalse();
            assertThat(StoreKeys.isSession(StoreKeys.window(session, Long.MIN_VALUE + 1)))
                    .isFalse();
        }
    }
}
