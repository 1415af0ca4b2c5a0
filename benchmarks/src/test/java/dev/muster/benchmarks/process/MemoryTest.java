/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void readsTheHighWaterMark() {
        assertThat(MemoryWatch.resident(List.of("Name:\tjava", "VmHWM:\t  123456 kB", "VmRSS:\t  99 kB")))
                .isEqualTo(123_456L << 10);
    }

    @Test
    void knowsNoneWhereThereIsNoSuchLine() {
        assertThat(MemoryWatch.resident(List.of("Name:\tjava"))).isZero();
    }

    @Test
    void seesWhatACollectionLeaves() {
        MemoryWatch watch = new MemoryWatch();
        byte[] kept = new byte[32 << 20];

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return watch.most().heapBytes() >= kept.length;
        });
    }

    @Test
    void theLargerOfTwoIsTheLargerInEach() {
        assertThat(new Memory(10, 2).max(new Memory(9, 3))).isEqualTo(new Memory(10, 3));
    }
}
