/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.kafka.EventRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The gate with its threads at work at the same time, round after round: those that append, the one on which Kafka answers,
 * and the one that sends the spool. What is asked holds in every schedule, so no round depends on the machine's speed.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeliveryGateConcurrencyTest {

    private static final int ROUNDS = 1_000;

    @Test
    void whileKafkaAcknowledgesEachRecordIsSentOnceAndInOrder() throws Exception {
        check(() -> {
            World world = new World();
            run(() -> world.append("a1", "a2"), () -> world.append("b1", "b2"), () -> world.answer(true, true));
            world.verify("a1", "a2");
            world.verify("b1", "b2");
            require(world.spooled.isEmpty(), "something was spooled", world);
            require(world.sent.size() == 4, "something was sent twice", world);
        });
    }

    @Test
    void whenKafkaFailsWhatIsInFlightGoesToTheSpoolAndBack() throws Exception {
        check(() -> {
            World world = new World();
            run(() -> world.append("a1", "a2", "a3"), () -> world.answer(true, false), world::handOver);
            world.verify("a1", "a2", "a3");
        });
    }

    @Test
    void recordsOfSeveralSendersKeepTheirOrderThroughAFailure() throws Exception {
        check(() -> {
            World world = new World();
            run(() -> world.append("a1", "a2"), () -> world.append("b1", "b2"), () -> world.answer(false));
            world.handOver();
            world.verify("a1", "a2");
            world.verify("b1", "b2");
        });
    }

    @Test
    void nothingPassesTheGateBeforeTheRestOfTheSpool() throws Exception {
        check(() -> {
            World world = new World();
            world.divert();
            world.append("a1");
            run(() -> world.append("a2", "a3"), world::handOver, () -> world.answer(false));
            world.verify("a1", "a2", "a3");
        });
    }

    @Test
    void whatIsHeldWhenTheHandOverFailsGoesBackBehindTheSpool() throws Exception {
        check(() -> {
            World world = new World();
            world.divert();
            world.append("a1");
            run(() -> world.append("a2", "a3"), world::handOver, world::divert);
            world.verify("a1", "a2", "a3");
        });
    }

    @Test
    void whenTheCollectorEndsAllThatIsNotAcknowledgedIsSpooled() throws Exception {
        check(() -> {
            World world = new World();
            run(() -> world.append("a1", "a2"), () -> world.answer(true), world::end);
            require(world.appended.stream().noneMatch(CompletableFuture::isCompletedExceptionally), "failed", world);
            world.verify("a1", "a2");
        });
    }

    private static void check(Scenario scenario) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            scenario.play();
        }
    }

    /** Runs all parts at the same time, and returns when they have ended; fails with the first that failed. */
    private static void run(Runnable... parts) throws Exception {
        CyclicBarrier start = new CyclicBarrier(parts.length);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (Runnable part : parts) {
            tasks.add(new FutureTask<>(() -> {
                start.await();
                part.run();
                return true;
            }));
        }
        tasks.forEach(task -> new Thread(task, "gate-test").start());
        for (FutureTask<Boolean> task : tasks) {
            assertThat(task.get()).isTrue();
        }
    }

    /** What happens at a gate, some of it at the same time. */
    @FunctionalInterface
    private interface Scenario {

        void play() throws Exception;
    }

    private static void require(boolean holds, String otherwise, World world) {
        if (!holds) {
            throw new AssertionError(otherwise + "; sent " + world.sent + ", spooled " + world.spooled);
        }
    }

    /** A gate, which is direct, and its two destinations: a Kafka that answers when it is told to, and a spool in memory. */
    private static final class World {

        /** What was given to Kafka, by the gate or from the spool. */
        private final List<String> sent = new ArrayList<>();

        /** What was ever added to the spool. */
        private final List<String> spooled = new ArrayList<>();

        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> acknowledgedBefore = new ArrayList<>();
        private final Deque<String> spool = new ArrayDeque<>();
        private final Deque<Send> unanswered = new ArrayDeque<>();
        private final List<CompletableFuture<Void>> appended = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        private final DeliveryGate gate = new DeliveryGate(this::send, this::spool, Duration.ofDays(1), reason -> {});

        private record Send(String name, CompletableFuture<Void> durable) {}

        World() {
            gate.hold();
            gate.release();
        }

        /** Appends records one after the other, as one sender does. */
        void append(String... names) {
            for (String name : names) {
                CompletableFuture<Void> durable =
                        gate.append(List.of(new EventRecord(new byte[0], name.getBytes(UTF_8))));
                synchronized (this) {
                    appended.add(durable);
                }
            }
        }

        /** Answers the oldest records that were sent, as far as there are any: acknowledges or fails each. */
        void answer(boolean... outcomes) {
            for (boolean taken : outcomes) {
                next().ifPresent(send -> {
                    if (taken) {
                        acknowledge(send);
                    } else {
                        expectNoMore();
                        send.durable().completeExceptionally(new TimeoutException("no broker answers"));
                    }
                });
            }
        }

        void divert() {
            expectNoMore();
            gate.divert("it fails");
        }

        void end() {
            expectNoMore();
            gate.spoolAll();
        }

        /** From now on no record is spooled that was acknowledged until now. */
        private synchronized void expectNoMore() {
            acknowledgedBefore.addAll(acknowledged);
        }

        /** Sends the spool, and lets records be sent to Kafka behind it, as {@link SpoolReplayer} does. */
        void handOver() {
            if (!gate.isDirect()) {
                gate.hold();
                synchronized (this) {
                    sent.addAll(spool);
                    spool.clear();
                }
                gate.release();
            }
        }

        /** Lets Kafka acknowledge all, until nothing is left to send, and checks what became of one sender's records. */
        void verify(String... names) {
            do {
                for (Optional<Send> send = next(); send.isPresent(); send = next()) {
                    acknowledge(send.get());
                }
                handOver();
            } while (!unanswered.isEmpty() || !spool.isEmpty());
            require(appended.stream().allMatch(CompletableFuture::isDone), "a sender waits for ever", this);
            require(violations.isEmpty(), violations.toString(), this);
            int last = -1;
            for (String name : names) {
                require(sent.contains(name), name + " is lost", this);
                require(sent.lastIndexOf(name) > last, name + " is out of order", this);
                last = sent.lastIndexOf(name);
                require(spooled.indexOf(name) == spooled.lastIndexOf(name), name + " was spooled twice", this);
            }
        }

        private CompletableFuture<Void> send(List<EventRecord> records) {
            String name = name(records);
            if (isBeforeTheSpool(name)) {
                // A diversion that has begun may be about to spool this record too: wait for its end.
                gate.isDirect();
                if (isBeforeTheSpool(name)) {
                    violate(name + " passed the spool");
                }
            }
            return sent(new Send(name, new CompletableFuture<>()));
        }

        private synchronized boolean isBeforeTheSpool(String name) {
            return !spool.isEmpty() && !spooled.contains(name);
        }

        private synchronized void violate(String violation) {
            violations.add(violation);
        }

        private synchronized CompletableFuture<Void> sent(Send send) {
            sent.add(send.name());
            unanswered.add(send);
            return send.durable();
        }

        private synchronized CompletableFuture<Void> spool(List<EventRecord> records) {
            String name = name(records);
            if (acknowledgedBefore.contains(name)) {
                violations.add(name + " went both ways");
            }
            spool.add(name);
            spooled.add(name);
            return CompletableFuture.completedFuture(null);
        }

        private void acknowledge(Send send) {
            boolean heard = send.durable().getNumberOfDependents() > 0;
            send.durable().complete(null);
            synchronized (this) {
                if (heard) {
                    acknowledged.add(send.name());
                }
            }
        }

        private synchronized Optional<Send> next() {
            return Optional.ofNullable(unanswered.poll());
        }

        private static String name(List<EventRecord> records) {
            return new String(records.get(0).value(), UTF_8);
        }
    }
}
