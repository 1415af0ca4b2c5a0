/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter written = new StringWriter();
    private long now;

    private ProgressLine line(boolean bar) {
        return new ProgressLine(new PrintWriter(written), bar, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void onATerminalABarIsDrawnOverAndGoesBeforeASentence() {
        ProgressLine line = line(true);

        line.progress("asking at rest", 0.5, "spend of the last 7 days");
        line.progress("asking at rest", 0.6, "not yet due");
        pass(Duration.ofMillis(200));
        line.progress("asking at rest", 0.75, "agents");
        line.say("Asked at rest.");

        String first = "asking at rest    [############............]  50 %  spend of the last 7 days";
        String second = "asking at rest    [##################......]  75 %  agents";
        assertThat(written)
                .hasToString("\r" + first + "\r" + second + " ".repeat(first.length() - second.length()) + "\r"
                        + " ".repeat(second.length()) + "\r" + "Asked at rest." + System.lineSeparator());
    }

    @Test
    void elsewhereALineIsWrittenNowAndThen() {
        ProgressLine line = line(false);

        line.progress("loading", 0.1, "");
        pass(Duration.ofSeconds(30));
        line.progress("loading", 1.2, "");
        line.clear();

        assertThat(written.toString().lines()).containsExactly("loading           100 %");
    }

    @Test
    void aLineIsNoLongerThanATerminalIsWide() {
        line(true).progress("asking", 0, "x".repeat(300));

        assertThat(written.toString()).hasSize(101);
    }
}
