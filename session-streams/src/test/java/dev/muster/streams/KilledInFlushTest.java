/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.store.SessionStores;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process killed while it writes its live sessions, with some of them written and some not. */
class KilledInFlushTest {

    private static final byte WRITES = 11;

    private final Path dir;

    KilledInFlushTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void leaves_what_a_run_without_the_kill_does_and_returns_at_once(boolean transactional) throws Exception {
        Fleet fleet = new Fleet(40);
        try (Broker broker = Broker.withTopics(1)) {
            Process killed = KilledInstance.start(broker.bootstrap(), dir, transactional);
            try (BufferedReader said = killed.inputReader(UTF_8)) {
                for (int turn = 0; turn < 4; turn++) {
                    broker.send(fleet.turn(turn));
                    Waiting.until("turn " + turn, broker::isCommitted);
                }
                killed.getOutputStream().write(WRITES);
                killed.getOutputStream().flush();
                // The number is read before these come round: a flush that it does not see writes all of them.
                for (int turn = 4; turn < 8; turn++) {
                    broker.send(fleet.turn(turn));
                }
                assertThat(said.readLine()).isEqualTo(KilledInstance.STOPPED);
            } finally {
                killed.destroyForcibly().waitFor();
            }
            assertThat(broker.isCommitted()).isFalse();
            Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs = changelogs(broker);
            long all = changelogs.values().stream().mapToLong(List::size).sum();
            if (transactional) {
                assertOnlyWhatIsCommittedIsOnTheDisk(changelogs);
            }

            // The broker would keep the dead member for minutes; its partitions come back with its name.
            try (Instance returned = Instance.start(
                    Instance.config(broker.bootstrap(), dir, "a", 0, transactional),
                    1,
                    Stores::persistentKeyValueStore)) {
                Waiting.until("the rest", () -> returned.isRunning() && broker.isCommitted());
                assertThat(returned.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 8)));
                if (transactional) {
                    assertThat(returned.restored()).isLessThan(all);
                } else {
                    assertThat(returned.restored()).isEqualTo(all);
                }
            }
            try (Instance restored = Instance.start(broker.bootstrap(), dir.resolve("empty"), 1)) {
                Waiting.until("the stores", restored::isRunning);
                assertThat(restored.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 8)));
            }
        }
    }

    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs(Broker broker) throws Exception {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs = new HashMap<>();
        for (String store : SessionStores.NAMES) {
            changelogs.put(store, broker.read(DiskRows.changelog(store)));
        }
        return changelogs;
    }

    /** Each store is as a commit left it, and some commit has reached the disk: nothing of the flush that was stopped has. */
    private void assertOnlyWhatIsCommittedIsOnTheDisk(Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs)
            throws Exception {
        int reached = 0;
        for (Map.Entry<String, List<ConsumerRecord<byte[], byte[]>>> changelog : changelogs.entrySet()) {
            String store = changelog.getKey();
            DiskRows disk = DiskRows.of(dir, store);
            assertThat(disk).as(store).isEqualTo(DiskRows.of(changelog.getValue(), disk.offset()));
            reached += disk.rows().size();
        }
        assertThat(reached).isPositive();
    }
}
