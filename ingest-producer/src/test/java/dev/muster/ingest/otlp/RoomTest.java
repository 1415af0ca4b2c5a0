/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final Room room = new Room(4096);

    @Test
    void smallBodiesAreDecodedSideBySide() {
        assertThat(room.take(0)).isEqualTo(1);
        assertThat(room.take(1023)).isEqualTo(1);
        assertThat(room.take(1024)).isEqualTo(2);
    }

    @Test
    void aBodyThatTakesAllThereIsWaitsForAllOthers() {
        int small = room.take(10);
        CompletableFuture<Integer> large = CompletableFuture.supplyAsync(() -> room.take(1_000_000));
        assertThat(large).isNotDone();

        room.giveBack(small);

        assertThat(large.join()).isEqualTo(4);
    }
}
