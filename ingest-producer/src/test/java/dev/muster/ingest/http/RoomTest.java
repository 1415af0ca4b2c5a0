/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final Room room = new Room(64 * 1024);

    @Test
    void whatFitsIsDecodedSideBySide() {
        assertThat(room.take(20 * 1024)).isEqualTo(21);
        assertThat(room.take(40 * 1024)).isEqualTo(41);
    }

    @Test
    void aSmallBodyNeverWaits() {
        assertThat(room.take(1_000_000)).isEqualTo(64);
        assertThat(room.take(0)).isZero();
        assertThat(room.take(8 * 1024)).isZero();
    }

    @Test
    void aBodyThatTakesAllThereIsWaitsForAllOthers() {
        int small = room.take(10_000);
        CompletableFuture<Integer> large = CompletableFuture.supplyAsync(() -> room.take(1_000_000));
        assertThat(large).isNotDone();

        room.giveBack(small);

        assertThat(large.join()).isEqualTo(64);
    }
}
