/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.Session;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class LiveSessionCacheTest {

    private final LiveSessionCache map = new LiveSessionCache();

    private LiveSession put(String id, long now) {
        LiveSession live = new LiveSession(RecordKey.ofSession("local", id), LiveSessionCacheTest::none);
        map.put(live, now);
        return live;
    }

    private static Session none() {
        throw new AssertionError("nothing is counted");
    }

    private static Bytes key(String id) {
        return Bytes.wrap(RecordKey.ofSession("local", id).toBytes());
    }

    @Test
    void the_eldest_is_who_was_used_longest_ago() {
        LiveSession a = put("a", 1);
        LiveSession b = put("b", 2);
        LiveSession c = put("c", 3);
        map.touch(a, 4);

        List<LiveSession> order = new ArrayList<>();
        while (map.size() > 0) {
            LiveSession eldest = map.eldest();
            order.add(eldest);
            map.remove(eldest);
        }

        assertThat(order).containsExactly(b, c, a);
    }

    @Test
    void who_has_left_is_not_remembered_for_long() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                put("s" + i, round);
            }
            map.unusedSince(round + 1).forEach(map::remove);
            assertThat(map.size()).isZero();
            assertThat(map.uses()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void only_who_was_not_used_since_is_unused() {
        LiveSession a = put("a", 1);
        LiveSession b = put("b", 1);
        map.touch(b, 5);

        assertThat(map.unusedSince(5)).containsExactly(a);
    }

    @Test
    void finds_by_key_until_it_leaves() {
        LiveSession a = put("a", 1);

        assertThat(map.find(key("a"))).isSameAs(a);
        assertThat(map.find(key("b"))).isNull();
        map.remove(a);
        assertThat(map.find(key("a"))).isNull();
        assertThat(a.isGone()).isTrue();
        assertThat(a.copy(new Counted())).isEmpty();
    }
}
