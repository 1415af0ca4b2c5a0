/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.SessionRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Days that are read while their session is written, evicted and loaded again: no event is lost, and none counted twice. */
@Tag("lincheck")
class DayReadingConcurrencyTest {

    @Test
    void what_readers_see_is_what_they_would_see_one_after_the_other() {
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(4)
                .check(OneTask.class);
    }

    /** A task with one session; the stream thread alone takes its events in and writes it. */
    public static class OneTask {

        private static final Bytes KEY =
                Bytes.wrap(RecordKey.ofSession("local", "s").toBytes());
        private static final List<EventBody> EVENTS = IntStream.range(0, 32)
                .mapToObj(n -> Bodies.of(
                        Events.at(FactId.dedupKey("e" + n), FactKind.OTHER, 1).build()))
                .toList();

        // The days' rows as RocksDB shows them: an iterator has what there was when it was opened.
        private final SessionStores memory = MemoryStores.empty();
        private final SessionStores stores = new SessionStores(
                memory.sessions(),
                memory.traces(),
                memory.events(),
                memory.activity(),
                new CountedRows().store(),
                memory.audit(),
                memory.journal());
        private final LiveSessions live = new LiveSessions(
                SessionRules.inUtc((model, tokens, speed, time) -> {
                    throw new AssertionError("nothing costs anything");
                }),
                new LiveSessions.Bounds(1 << 20, 1 << 16, Duration.ZERO),
                new IndexMemory(64 << 20),
                new Counted());
        private int taken;

        /** A task that has just been opened. */
        public OneTask() {
            live.bind(stores, 1);
        }

        /** Takes in an event that the session does not have. */
        @Operation(nonParallelGroup = "stream")
        public void take() {
            live.take(KEY, EVENTS.get(taken), 1, 1);
            taken++;
        }

        /** Writes the session, and lets it leave memory. */
        @Operation(nonParallelGroup = "stream")
        public void evict() {
            live.evictUnusedSince(2);
        }

        /** Writes what a commit writes. */
        @Operation(nonParallelGroup = "stream")
        public void commit() {
            live.flushCache();
        }

        /** How many events the days show. */
        @Operation
        public long read() {
            return live
                    .reads()
                    .days(
                            "local",
                            new AllDays("local", Set.of(new DayKey("local", 0, "c000000000000000000000000"))),
                            agent -> true,
                            stores.days(),
                            stores.sessions())
                    .days()
                    .values()
                    .stream()
                    .mapToLong(day -> day.activity().events())
                    .sum();
        }
    }
}
