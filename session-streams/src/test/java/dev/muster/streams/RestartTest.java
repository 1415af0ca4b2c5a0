/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.read.shard.RowsReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits, clean stops and starts. */
class RestartTest {

    private final Path dir;

    RestartTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @ParameterizedTest(name = "transactional stores: {0}, then {1}")
    @CsvSource({"false, false", "true, true", "false, true", "true, false"})
    void a_restart_on_the_same_folder_has_everything_without_a_restore(boolean transactional, boolean then)
            throws Exception {
        Fleet fleet = new Fleet(10);
        try (Broker broker = Broker.withTopics(2)) {
            try (Instance first = Instance.startEager(
                    Instance.config(broker.bootstrap(), dir, "a", 0, transactional),
                    2,
                    Stores::persistentKeyValueStore)) {
                broker.send(fleet.turns(0, 4));
                Waiting.until("the turns", () -> first.isRunning() && broker.isCommitted());
            }
            Answers all = Answers.expected(fleet, fleet.turns(0, 4));
            try (Instance again = Instance.start(
                    Instance.config(broker.bootstrap(), dir, "a", 0, then), 2, Stores::persistentKeyValueStore)) {
                Waiting.until("the stores", again::isRunning);
                assertThat(again.answers(fleet.start())).hasValue(all);
                assertThat(again.restored()).isZero();
            }
            try (Instance empty = Instance.start(broker.bootstrap(), dir.resolve("empty"), 2)) {
                Waiting.until("the stores", empty::isRunning);
                assertThat(empty.answers(fleet.start())).hasValue(all);
                assertThat(empty.restored()).isGreaterThan(10);
            }
        }
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    void what_is_written_at_each_commit_is_in_the_rows(boolean transactional) throws Exception {
        Fleet fleet = new Fleet(3);
        try (Broker broker = Broker.withTopics(1);
                Instance instance = Instance.startEager(
                        Instance.config(broker.bootstrap(), dir, "a", 0, transactional),
                        1,
                        Stores::persistentKeyValueStore)) {
            for (int turn = 0; turn < 5; turn++) {
                List<HookEvent> events = fleet.turn(turn);
                broker.send(events);
                Waiting.until("turn " + turn, broker::isCommitted);

                // Without its memory the store has the rows alone: they are right if each commit had its flush.
                Answers answers = Answers.expected(fleet, fleet.turns(0, turn + 1));
                assertThat(Answers.of(RowsReader.of(instance.streams(), fleet::start)))
                        .isEqualTo(answers);
                assertThat(instance.live(0).reads().copy(RecordKey.ofSession(Fleet.ACCOUNT, Fleet.session(0))))
                        .isPresent();
            }
        }
    }
}
