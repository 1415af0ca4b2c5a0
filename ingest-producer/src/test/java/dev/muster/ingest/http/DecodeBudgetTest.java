/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DecodeBudgetTest {

    private final DecodeBudget budget = new DecodeBudget(64 * 1024);

    @Test
    void whatFitsIsDecodedSideBySide() {
        assertThat(budget.acquire(20 * 1024)).isEqualTo(21);
        assertThat(budget.acquire(40 * 1024)).isEqualTo(41);
    }

    @Test
    void aSmallBodyNeverWaits() {
        assertThat(budget.acquire(1_000_000)).isEqualTo(64);
        assertThat(budget.acquire(0)).isZero();
        assertThat(budget.acquire(8 * 1024)).isZero();
    }

    @Test
    void aBodyThatTakesAllThereIsWaitsForAllOthers() {
        int small = budget.acquire(10_000);
        CompletableFuture<Integer> large = CompletableFuture.supplyAsync(() -> budget.acquire(1_000_000));
        assertThat(large).isNotDone();

        budget.giveBack(small);

        assertThat(large.join()).isEqualTo(64);
    }
}
