/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortFormTest {

    private static final ShortForm RECORDED = costing(6);

    private static ShortForm costing(double ratio) {
        return new ShortForm("2026-11-22T12:00:00Z", Environment.here(), 200_000, ratio);
    }

    @Test
    void hasNothingToSayBelowTwiceWhatIsRecorded() {
        assertThat(costing(3).complaint(RECORDED)).isEmpty();
        assertThat(costing(11.9).complaint(RECORDED)).isEmpty();
    }

    @Test
    void complainsInASentenceFromTwiceOn() {
        assertThat(costing(12).complaint(RECORDED))
                .contains("Muster's topology costs 12.0 times poll + decode, and 6.0 times is recorded: find out what"
                        + " made it dearer, or record the new cost with './muster bench topology --short --record'.");
    }

    @Test
    void readsWhatItHasRecorded(@TempDir Path folder) {
        Path file = folder.resolve("results/short.json");
        RECORDED.record(file);

        assertThat(ShortForm.recorded(file)).isEqualTo(RECORDED);
    }

    @Test
    void saysThatNothingIsRecorded(@TempDir Path folder) {
        Path file = folder.resolve("short.json");

        assertThatThrownBy(() -> ShortForm.recorded(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No short form is recorded in " + file + ": run it with --record.");
    }
}
