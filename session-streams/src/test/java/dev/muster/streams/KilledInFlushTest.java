/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it writes its live sessions, with some of them written and some not. */
class KilledInFlushTest {

    private static final byte WRITES = 11;

    private final Path dir;

    KilledInFlushTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void leaves_what_a_run_without_the_kill_does_and_returns_at_once() throws Exception {
        Fleet fleet = new Fleet(6);
        try (Broker broker = Broker.withTopics(1)) {
            Process killed = KilledInstance.start(broker.bootstrap(), dir);
            try (BufferedReader said = killed.inputReader(UTF_8)) {
                broker.send(fleet.turns(0, 2));
                Waiting.until("the first turns", broker::isCommitted);
                killed.getOutputStream().write(WRITES);
                killed.getOutputStream().flush();
                // The number is read before these come round: a flush that it does not see writes all of them.
                for (int turn = 2; turn < 6; turn++) {
                    broker.send(fleet.turn(turn));
                }
                assertThat(said.readLine()).isEqualTo(KilledInstance.STOPPED);
            } finally {
                killed.destroyForcibly().waitFor();
            }
            assertThat(broker.isCommitted()).isFalse();

            // The broker would keep the dead member for minutes; its partitions come back with its name.
            try (Instance returned = Instance.start(broker.bootstrap(), dir, 1)) {
                Waiting.until("the rest", () -> returned.isRunning() && broker.isCommitted());
                assertThat(returned.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 6)));
            }
            try (Instance restored = Instance.start(broker.bootstrap(), dir.resolve("empty"), 1)) {
                Waiting.until("the stores", restored::isRunning);
                assertThat(restored.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 6)));
            }
        }
    }
}
