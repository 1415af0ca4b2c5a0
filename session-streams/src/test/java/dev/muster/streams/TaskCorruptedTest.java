/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.HookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that Kafka Streams takes for damaged is closed without a commit, and begins again with what is committed. */
class TaskCorruptedTest {

    private static final TaskId TASK = new TaskId(0, 0);

    private final Path dir;

    private final Broker broker;
    private final Fleet fleet = new Fleet(6);

    TaskCorruptedTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        broker = Broker.withTopics(1);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @ParameterizedTest(name = "{0}, transactional stores: {1}")
    @CsvSource({
        "sendOffsetsToTransaction, false",
        "commitTransaction, false",
        "sendOffsetsToTransaction, true",
        "commitTransaction, true"
    })
    void by_a_broker_that_does_not_answer_in_time(String call, boolean transactional) throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        AtomicInteger failures = new AtomicInteger();
        FailingCommits clients = new FailingCommits(call, () -> armed.get() && failures.getAndIncrement() == 0);
        try (Instance instance = Instance.start(config(transactional), 1, Stores::persistentKeyValueStore, clients)) {
            broker.send(fleet.turn(0));
            Waiting.until("the first turn", broker::isCommitted);
            armed.set(true);
            broker.send(fleet.turns(1, 5));
            Waiting.until("the failure", () -> failures.get() > 0);

            assertEverythingOnce(instance, fleet.turns(0, 5));
        }
        assertEverythingIsInTheChangelogs(fleet.turns(0, 5));
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    void in_the_middle_of_a_batch(boolean transactional) throws Exception {
        AtomicInteger reads = new AtomicInteger();
        try (Instance instance = Instance.start(config(transactional), 1, WatchedRows.read(store -> {
            if (reads.incrementAndGet() == 4) {
                throw new TaskCorruptedException(Set.of(TASK));
            }
        }))) {
            broker.send(fleet.turns(0, 3));
            Waiting.until("the corruption", () -> reads.get() >= 4);

            assertEverythingOnce(instance, fleet.turns(0, 3));
        }
        assertEverythingIsInTheChangelogs(fleet.turns(0, 3));
    }

    @ParameterizedTest(name = "transactional stores: {0}")
    @ValueSource(booleans = {false, true})
    void fenced_by_another_producer_of_its_name(boolean transactional) throws Exception {
        try (Instance instance = Instance.start(config(transactional), 1, Stores::persistentKeyValueStore)) {
            broker.send(fleet.turns(0, 2));
            Waiting.until("the first turns", broker::isCommitted);
            List<String> producers = broker.admin().listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
            assertThat(producers).hasSize(1);
            broker.admin().fenceProducers(producers).all().get();
            broker.send(fleet.turns(2, 5));

            assertEverythingOnce(instance, fleet.turns(0, 5));
        }
        assertEverythingIsInTheChangelogs(fleet.turns(0, 5));
    }

    private SessionStreamsConfig config(boolean transactional) {
        return Instance.config(broker.bootstrap(), dir, "a", 0, transactional);
    }

    private void assertEverythingOnce(Instance instance, List<HookEvent> events) {
        Waiting.until("the commit", broker::isCommitted);
        Waiting.until("the stores", instance::isRunning);
        assertThat(instance.answers(fleet.start())).hasValue(Answers.expected(fleet, events));
    }

    /** What memory answers right may still be written wrong: an instance with an empty folder has only the changelogs. */
    private void assertEverythingIsInTheChangelogs(List<HookEvent> events) {
        try (Instance instance = Instance.start(
                Instance.config(broker.bootstrap(), dir.resolve("empty"), "a", 0),
                1,
                Stores::persistentKeyValueStore)) {
            Waiting.until("the stores", instance::isRunning);
            assertThat(instance.answers(fleet.start())).hasValue(Answers.expected(fleet, events));
        }
    }
}
