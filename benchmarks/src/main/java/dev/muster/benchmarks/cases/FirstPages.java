/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.data.Loader;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.TraceFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Opens the first pages of the session that was active last, and of the account's lists, again and again. */
public final class FirstPages {

    private static final int TIMES = 50;
    private static final int PAGE = 50;
    private static final double NANOS_A_MS = 1e6;

    /**
     * A pass over a data set, and what was opened after it.
     *
     * @param pass the pass
     * @param openings in the order in which they were measured
     */
    public record Result(Pass pass, List<Opening> openings) {}

    private FirstPages() {}

    /** Runs the topology over all there is, then opens pages, of sessions that are in memory still. */
    public static Result run(Workload workload) {
        List<Opening> openings = new ArrayList<>();
        Pass pass = MusterSessions.run(workload, streams -> openings.addAll(open(streams)));
        return new Result(pass, List.copyOf(openings));
    }

    private static List<Opening> open(KafkaStreams streams) {
        String account = Loader.ACCOUNT;
        SessionReader reader = MusterInstance.reader(streams);
        AccountReader accounts = MusterInstance.accounts(streams);
        Optional<String> first = Optional.empty();
        TraceFilter anyTrace = new TraceFilter(Optional.empty(), Optional.empty(), Optional.empty());
        String session = accounts.sessions(account, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, 1, first)
                .items()
                .get(0)
                .id();
        String trace = reader.traces(account, session, 1, first)
                .orElseThrow()
                .items()
                .get(0)
                .id();
        return List.of(
                timed("session", () -> reader.session(account, session)),
                timed("its traces", () -> reader.traces(account, session, PAGE, first)),
                timed("its events", () -> reader.events(account, session, PAGE, first)),
                timed("its first trace", () -> reader.trace(account, session, trace)),
                timed("that trace's events", () -> reader.traceEvents(account, session, trace, PAGE, first)),
                timed("sessions, the latest first", () -> sessions(accounts, SessionSort.LAST_ACTIVITY)),
                timed("sessions by cost", () -> sessions(accounts, SessionSort.COST)),
                timed("all traces, the latest first", () -> accounts.traces(account, anyTrace, PAGE, first)),
                timed("a trace by its id", () -> accounts.trace(account, trace)));
    }

    private static Object sessions(AccountReader accounts, SessionSort sort) {
        return accounts.sessions(Loader.ACCOUNT, SessionFilter.ALL, sort, PAGE, Optional.empty());
    }

    private interface Read {
        Object read();
    }

    private static Opening timed(String page, Read read) {
        double[] taken = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            Object answer = read.read();
            taken[i] = (System.nanoTime() - began) / NANOS_A_MS;
            if (answer.equals(Optional.empty())) {
                throw new IllegalStateException("there is nothing to open: " + page);
            }
        }
        Arrays.sort(taken);
        return new Opening(page, taken[TIMES / 2], taken[TIMES - 1]);
    }
}
