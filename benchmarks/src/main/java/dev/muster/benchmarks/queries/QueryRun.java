/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.cases.MusterInstance;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Watch;
import dev.muster.benchmarks.data.FleetClock;
import dev.muster.benchmarks.data.FleetScript;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.MemoryWatch;
import dev.muster.benchmarks.queries.QueryStatus.Step;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** What happens in the process that is measured, one step after the other; whoever drives it sends the events. */
final class QueryRun implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(30);
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(5);
    private static final Duration WARM_UP_WITHIN = Duration.ofMinutes(2);
    private static final int WARM_UP_SECONDS = 5;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final QueryOrder order;
    private final Consumer<QueryStatus> listener;
    private final MemoryWatch memory = new MemoryWatch();
    private final FleetClock clock;
    private final QueryInstance instance;
    private QueryStatus status = new QueryStatus(Step.STARTING, 0, 0, "");
    private long heapEmpty;
    private Watch sinceEmpty = new Watch();
    private Pass loading = Pass.NOTHING;
    private long heapAtRest;
    private List<Question<?>> questions = List.of();
    private List<QuestionTimes> atRest = List.of();
    private List<QuestionTimes> underLoad = List.of();
    private int interruptions;
    private Pass load = Pass.NOTHING;

    /**
     * Starts the instance.
     *
     * @param state an empty folder for its state
     * @param listener hears how far it is, again and again
     */
    QueryRun(QueryOrder order, Path state, Consumer<QueryStatus> listener) {
        this.order = order;
        this.listener = listener;
        clock = new FleetClock(order.now(), InstantSource.system());
        instance = new QueryInstance(order.bootstrap(), state, clock);
    }

    /** Waits until it is ready for its fleet. */
    void awaitReady() {
        await("started", READY_WITHIN, instance::isReady);
        heapEmpty = heapInUse();
        sinceEmpty = new Watch();
        begin(Step.LOADING);
    }

    /** What is in use of the heap when the garbage is gone. */
    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Waits until all is taken in and written, and checks it. */
    void load(Loaded loaded) {
        long records = loaded.records();
        await("loaded", TAKEN_WITHIN, () -> instance.hasCommitted(records), () -> instance.taken() / (double) records);
        double seconds = sinceEmpty.wallSeconds();
        await("written", WRITTEN_WITHIN, instance::isWritten);
        loading = sinceEmpty.taken(records, seconds);
        MusterInstance.check(loaded, instance.account());
    }

    /** Lets the fleet rest, and weighs it. */
    void rest() {
        begin(Step.RESTING);
        long began = System.nanoTime();
        double nanos = Math.max(1, order.rest().toNanos());
        DoubleSupplier share = () -> (System.nanoTime() - began) / nanos;
        await("rested", order.rest().plus(READY_WITHIN), () -> share.getAsDouble() >= 1, share);
        heapAtRest = heapInUse();
    }

    /** Asks everything while nothing else happens. */
    void askAtRest() {
        begin(Step.ASKED_AT_REST, "what all questions need");
        FleetScript script = new FleetScript(order.fleet(), order.now());
        questions = Questions.of(new Asked(instance.session(), instance.account(), script, order.now(), new Census()));
        atRest = ask(Moment.AT_REST);
    }

    /** Says that events may come. */
    void awaitLoad() {
        begin(Step.READY_FOR_LOAD);
    }

    /**
     * Asks everything again while events come.
     *
     * @param since since when the fleet's clock runs, by the real one
     */
    void askUnderLoad(Instant since) {
        clock.resume(since);
        begin(Step.ASKED_UNDER_LOAD, "the first seconds");
        long warm = instance.taken() + (long) order.rate() * WARM_UP_SECONDS;
        await("warm", WARM_UP_WITHIN, () -> instance.taken() >= warm);
        long before = instance.taken();
        Watch watch = new Watch();
        underLoad = ask(new Moment(Optional.of(order.now())));
        load = watch.taken(instance.taken() - before);
    }

    /** Says that nothing is asked any more. */
    void awaitEnd() {
        begin(Step.ENDING);
    }

    /**
     * Waits until all that was sent is taken in too, and checks everything.
     *
     * @param sent how many events
     */
    void end(Loaded loaded, long sent) {
        await("taken in", TAKEN_WITHIN, () -> instance.hasCommitted(loaded.records() + sent));
        await("written", WRITTEN_WITHIN, instance::isWritten);
        MusterInstance.check(
                new Loaded(
                        loaded.name(),
                        loaded.records() + sent,
                        loaded.facts() + sent,
                        loaded.sessions(),
                        loaded.bytes()),
                instance.account());
    }

    QueryResults results() {
        return new QueryResults(
                order.fleet().sessions() + 1,
                loading,
                heapEmpty,
                heapAtRest,
                memory.most(),
                atRest,
                underLoad,
                load,
                interruptions);
    }

    private List<QuestionTimes> ask(Moment moment) {
        Interview interview = new Interview(questions, order.bounds(), Clocks.system(), new Interview.Listener() {
            @Override
            public void asking(String question, double share) {
                status = new QueryStatus(status.step(), share, instance.taken(), question);
                listener.accept(status);
            }

            @Override
            public void interrupted() {
                await("ready again", READY_WITHIN, instance::isReady);
            }
        });
        List<QuestionTimes> times = interview.ask(moment);
        interruptions += interview.interruptions();
        return times;
    }

    /**
     * Waits until something is so, and says meanwhile how it is.
     *
     * @param state how it is then, for the complaint if it does not become so
     */
    void await(String state, Duration within, BooleanSupplier condition) {
        await(state, within, condition, status::share);
    }

    private void await(String state, Duration within, BooleanSupplier condition, DoubleSupplier share) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (instance.hasFailed()) {
                throw new IllegalStateException("the topology has failed");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("it was not " + state + " within " + within + ": " + status);
            }
            status = new QueryStatus(status.step(), share.getAsDouble(), instance.taken(), status.detail());
            listener.accept(status);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private void begin(Step step) {
        begin(step, "");
    }

    private void begin(Step step, String detail) {
        status = new QueryStatus(step, 0, instance.taken(), detail);
        listener.accept(status);
    }

    @Override
    public void close() {
        instance.close();
    }
}
