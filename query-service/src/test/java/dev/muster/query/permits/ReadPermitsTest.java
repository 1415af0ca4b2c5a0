/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadPermitsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<ReadPermits> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(ReadPermits::close);
    }

    @Test
    void as_many_are_granted_at_a_time_as_there_are_permits_and_in_the_order_of_asking() {
        ReadPermits permits = permits(3, 300, LONG);
        List<ReadPermit> asked = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            asked.add(permits.acquire(ReadPermitsTest::isGone));
        }
        for (int i = 0; i < 300; i++) {
            assertThat(asked.subList(i, Math.min(300, i + 3))).allMatch(ReadPermit::isGranted);
            assertThat(asked.subList(Math.min(300, i + 3), 300)).noneMatch(ReadPermit::isGranted);
            asked.get(i).release();
        }
    }

    @Test
    void who_waits_too_long_is_refused() {
        ReadPermits permits = permits(1, 10, Duration.ofMillis(1));
        ReadPermit holder = permits.acquire(ReadPermitsTest::isGone);

        assertThat(permits.acquire(ReadPermitsTest::isGone).awaitDecision()).isFalse();
        assertThat(permits.acquireScan(ReadPermitsTest::isGone).awaitDecision()).isFalse();

        holder.release();
        assertThat(permits.acquire(ReadPermitsTest::isGone).awaitDecision()).isTrue();
    }

    @Test
    void who_finds_the_queue_full_is_refused_at_once() {
        ReadPermits permits = permits(1, 2, LONG);
        ReadPermit holder = permits.acquire(ReadPermitsTest::isGone);
        ReadPermit first = permits.acquire(ReadPermitsTest::isGone);
        ReadPermit second = permits.acquireScan(ReadPermitsTest::isGone);

        assertThat(permits.acquire(ReadPermitsTest::isGone).awaitDecision()).isFalse();

        holder.release();
        assertThat(first.awaitDecision()).isTrue();
        first.release();
        assertThat(second.awaitDecision()).isTrue();
    }

    @Test
    void who_has_gone_leaves_the_place_to_another() {
        ReadPermits permits = permits(1, 1, LONG);
        AtomicBoolean gone = new AtomicBoolean();
        ReadPermit holder = permits.acquire(ReadPermitsTest::isGone);
        ReadPermit leaving = permits.acquire(gone::get);

        gone.set(true);
        ReadPermit other = permits.acquire(ReadPermitsTest::isGone);

        assertThat(leaving.awaitDecision()).isFalse();
        holder.release();
        assertThat(other.awaitDecision()).isTrue();
    }

    @Test
    void who_has_gone_is_passed_over_when_its_turn_comes() {
        ReadPermits permits = permits(1, 10, LONG);
        ReadPermit holder = permits.acquire(ReadPermitsTest::isGone);
        ReadPermit leaving = permits.acquireScan(() -> true);
        ReadPermit next = permits.acquireScan(ReadPermitsTest::isGone);

        holder.release();

        assertThat(leaving.awaitDecision()).isFalse();
        assertThat(next.awaitDecision()).isTrue();
    }

    @Test
    void scans_go_one_at_a_time_and_those_that_wait_take_no_permit() {
        ReadPermits permits = permits(2, 100, LONG);
        List<ReadPermit> scans = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scans.add(permits.acquireScan(ReadPermitsTest::isGone));
        }

        assertThat(permits.acquire(ReadPermitsTest::isGone).awaitDecision()).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(scans.get(i).isGranted()).isTrue();
            assertThat(scans.subList(i + 1, 20)).noneMatch(ReadPermit::isGranted);
            scans.get(i).release();
        }
    }

    @Test
    void scans_that_wait_are_bounded_and_take_no_place_of_the_others() {
        ReadPermits permits = permits(2, 1, LONG);
        ReadPermit running = permits.acquireScan(ReadPermitsTest::isGone);
        ReadPermit waiting = permits.acquireScan(ReadPermitsTest::isGone);

        assertThat(permits.acquireScan(ReadPermitsTest::isGone).awaitDecision()).isFalse();
        assertThat(permits.acquire(ReadPermitsTest::isGone).isGranted()).isTrue();
        ReadPermit other = permits.acquire(ReadPermitsTest::isGone);
        assertThat(other.isDecided()).isFalse();

        running.release();
        assertThat(other.isGranted() || waiting.isGranted()).isTrue();
    }

    @Test
    void who_has_not_to_wait_is_not_asked_whether_it_is_there() {
        ReadPermits permits = permits(1, 1, LONG);

        assertThat(permits.acquire(() -> true).isGranted()).isTrue();
    }

    @Test
    void one_that_is_given_back_twice_is_one() {
        ReadPermits permits = permits(1, 10, LONG);
        ReadPermit first = permits.acquire(ReadPermitsTest::isGone);
        first.release();
        first.release();

        assertThat(permits.acquire(ReadPermitsTest::isGone).isGranted()).isTrue();
        assertThat(permits.acquire(ReadPermitsTest::isGone).isGranted()).isFalse();
    }

    @Test
    void what_waits_when_they_are_closed_is_refused() {
        ReadPermits permits = permits(1, 10, LONG);
        ReadPermit holder = permits.acquire(ReadPermitsTest::isGone);
        ReadPermit waiting = permits.acquire(ReadPermitsTest::isGone);

        permits.close();
        holder.release();

        assertThat(waiting.awaitDecision()).isFalse();
        assertThat(permits.acquire(ReadPermitsTest::isGone).awaitDecision()).isFalse();
    }

    private ReadPermits permits(int max, int maxWaiting, Duration timeout) {
        ReadPermits permits = new ReadPermits(max, maxWaiting, timeout);
        opened.add(permits);
        return permits;
    }

    private static boolean isGone() {
        return false;
    }
}
