/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.store.LiveSessions;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances, each the other's standby. */
@Tag("any-java")
class StandbyTest {

    private static final int PARTITIONS = 2;

    private final Path dir;

    StandbyTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private Instance start(Broker broker, String id, boolean transactional) {
        return Instance.start(
                Instance.config(broker.bootstrap(), dir.resolve(id), id, 1, transactional),
                PARTITIONS,
                Stores::persistentKeyValueStore);
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    void a_standby_is_not_bound_and_has_everything_when_it_takes_over(boolean transactional) throws Exception {
        Fleet fleet = new Fleet(8);
        try (Broker broker = Broker.withTopics(PARTITIONS);
                Instance a = start(broker, "a", transactional)) {
            broker.send(fleet.turns(0, 2));
            Waiting.until("the first turns", broker::isCommitted);
            try (Instance b = start(broker, "b", transactional)) {
                // Of the two tasks that were a's, one becomes b's and a's stays behind as a standby.
                Waiting.until("a task each", () -> isBoundOnce(a, b, 0) && isBoundOnce(a, b, 1) && activeTasks(a) == 1);
                broker.send(fleet.turns(2, 5));
                Waiting.until("the next turns", broker::isCommitted);
                Answers all = Answers.expected(fleet, fleet.turns(0, 5));
                Waiting.until(
                        "the standbys",
                        () -> a.answers(fleet.start()).equals(Optional.of(all))
                                && b.answers(fleet.start()).equals(Optional.of(all)));
                assertThat(isBoundOnce(a, b, 0)).isTrue();
                assertThat(isBoundOnce(a, b, 1)).isTrue();
                assertThat(standby(a).size()).isZero();

                a.leave();
                Waiting.until("the takeover", () -> activeTasks(b) == PARTITIONS);
                broker.send(fleet.turns(5, 7));
                Waiting.until("the last turns", broker::isCommitted);
                assertThat(b.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 7)));
                assertThat(b.live(0).isBound() && b.live(1).isBound()).isTrue();
            }
        }
    }

    private static boolean isBoundOnce(Instance a, Instance b, int partition) {
        try {
            return a.live(partition).isBound() != b.live(partition).isBound();
        } catch (InvalidStateStoreException e) {
            return false;
        }
    }

    private static LiveSessions standby(Instance instance) {
        return instance.live(0).isBound() ? instance.live(1) : instance.live(0);
    }

    private static long activeTasks(Instance instance) {
        return instance.isRunning()
                ? instance.streams().metadataForLocalThreads().stream()
                        .mapToLong(thread -> thread.activeTasks().size())
                        .sum()
                : 0;
    }
}
