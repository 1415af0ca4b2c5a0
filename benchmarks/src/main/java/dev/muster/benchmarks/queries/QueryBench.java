/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.Fleet;
import dev.muster.benchmarks.data.FleetClock;
import dev.muster.benchmarks.data.FleetScript;
import dev.muster.benchmarks.data.LiveFleet;
import dev.muster.benchmarks.data.LiveFleet.Sent;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.queries.QueryStatus.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Loads a fleet, lets it rest, and has an instance asked about it: at rest, and while this process sends what a part of its
 * sessions goes on to do.
 *
 * @param fleet its size
 * @param rate the events a second that come while it is asked the second time; 0 if it is not
 * @param restSeconds how long it rests before it is asked
 * @param eachSeconds how long each question is asked at each time
 * @param clock the real one
 * @param watcher is told how far it is
 */
public record QueryBench(
        Fleet fleet, int rate, int restSeconds, int eachSeconds, InstantSource clock, Watcher watcher) {

    /** Is told how far a run is. */
    public interface Watcher {

        /**
         * What is going on.
         *
         * @param what in a word or two
         * @param share how much of it is done, from 0 to 1
         * @param detail what exactly
         */
        void progress(String what, double share, String detail);

        /** Something is done. */
        void say(String sentence);
    }

    /**
     * What was measured.
     *
     * @param loaded what was loaded
     * @param results what the instance has measured
     * @param sent what was sent while it was asked; nothing without a rate
     */
    public record Outcome(Loaded loaded, QueryResults results, Sent sent) {}

    /**
     * Runs it.
     *
     * @param folder an empty folder for what the processes need
     * @throws IllegalStateException if an answer is not right, or something takes too long
     */
    public Outcome run(Path folder) throws IOException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        FleetScript script = new FleetScript(fleet, now);
        Path own = Files.createDirectory(folder.resolve("instance"));
        try (BrokerProcess broker = BrokerProcess.start(folder);
                QueryProcess instance = new QueryProcess(order(broker, now), own)) {
            await(instance, "starting", Step.LOADING);
            Loaded loaded = load(broker, script);
            instance.tell(QueryMain.LOADED, loaded);
            instance.await(
                    Step.RESTING,
                    status -> watcher.progress("taking in", status.share(), takenOf(status.taken(), loaded)));
            watcher.say("All is taken in and written. It rests for " + restSeconds
                    + " seconds, for sessions leave memory two minutes after their last event.");
            await(instance, "resting", Step.ASKED_AT_REST);
            Sent sent = new Sent(0, 0);
            if (rate > 0) {
                await(instance, "asking at rest", Step.READY_FOR_LOAD);
                watcher.say("Asked at rest. Now events come.");
                sent = askUnderLoad(instance, broker, script, now);
                watcher.say("Asked under load.");
            } else {
                await(instance, "asking at rest", Step.ENDING);
                watcher.say("Asked at rest.");
            }
            instance.tell(QueryMain.SENT, sent.events());
            return new Outcome(loaded, instance.results(), sent);
        }
    }

    private QueryOrder order(BrokerProcess broker, Instant now) {
        return new QueryOrder(broker.bootstrap(), fleet, now.toEpochMilli(), rate, restSeconds, eachSeconds);
    }

    private void await(QueryProcess instance, String what, Step end) {
        instance.await(end, status -> watcher.progress(what, status.share(), status.detail()));
    }

    private static String takenOf(long taken, Loaded loaded) {
        return String.format(Locale.ROOT, "%,d of %,d events", taken, loaded.records());
    }

    private Loaded load(BrokerProcess broker, FleetScript script) {
        long records = script.plans().mapToLong(SessionPlan::events).sum();
        Loaded loaded = Loader.load(
                broker.bootstrap(), script, sent -> watcher.progress("loading", sent / (double) records, ""));
        watcher.say(String.format(
                Locale.ROOT, "%,d sessions with %,d events are loaded.", loaded.sessions(), loaded.records()));
        return loaded;
    }

    private Sent askUnderLoad(QueryProcess instance, BrokerProcess broker, FleetScript script, Instant now) {
        Instant resumed = Instant.ofEpochMilli(clock.millis());
        FleetClock fleetClock = new FleetClock(now, clock);
        fleetClock.resume(resumed);
        try (LiveFleet live = LiveFleet.start(broker.bootstrap(), script, rate, fleetClock)) {
            instance.tell(QueryMain.RESUMED, resumed.toEpochMilli());
            await(instance, "asking under load", Step.ENDING);
            return live.end();
        }
    }
}
