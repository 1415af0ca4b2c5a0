/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.SessionRules;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A live session under the stream thread and readers at once: whatever they see is what some order of theirs would show. */
@Tag("lincheck")
class LiveSessionConcurrencyTest {

    @Test
    void what_its_threads_see_is_what_they_would_see_one_after_the_other() {
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(3)
                .check(OneSession.class);
    }

    /** A session; its events are added by the stream thread alone. */
    public static class OneSession {

        private static final List<EventBody> EVENTS = IntStream.range(0, 32)
                .mapToObj(n -> Bodies.of(Events.at(FactId.dedupKey("e" + n), FactKind.OTHER, 1 + n)
                        .build()))
                .toList();
        private static final RecordKey KEY = RecordKey.ofSession("local", "s");

        private final Counted counted = new Counted();
        private final SessionStores stores = MemoryStores.empty();
        private final BlockPool pool = new BlockPool(1 << 16);
        private final LiveSession live = new LiveSession(
                KEY,
                () -> Session.begin(
                        "local",
                        "s",
                        new StoredRows(stores, "local", "s"),
                        SessionRules.inUtc((model, tokens, speed, time) -> {
                            throw new AssertionError("nothing costs anything");
                        })));
        private int added;

        /** Adds an event that it does not have. */
        @Operation(nonParallelGroup = "stream")
        public void add() {
            live.add(EVENTS.get(added), 1 + added, 1, pool, counted);
            added++;
        }

        /** Notes the time of an event. */
        @Operation(nonParallelGroup = "stream")
        public int time() {
            return live.recordTime(added);
        }

        /** Lets it leave memory. */
        @Operation(nonParallelGroup = "stream")
        public void leave() {
            live.leave();
        }

        /** How many events a reader finds; -1 when it has left. */
        @Operation
        public long read() {
            return live.copy(counted)
                    .map(SessionCopy::row)
                    .map(SessionAggregate::read)
                    .map(session -> session.figures().events())
                    .orElse(-1L);
        }

        /** How many events it gives to its day. */
        @Operation
        public long contribution() {
            return live.contributions(counted)
                    .flatMap(LiveSession.Contributions::now)
                    .map(session -> session.figures().events())
                    .orElse(0L);
        }

        /** How many events the index lacks. */
        @Operation
        public int unindexed() {
            return live.unindexed().length;
        }

        /** When all have ended, each event is counted exactly once. */
        @Validate
        public void eachEventIsCountedOnce() {
            live.count(counted);
            assertThat(counted.changes()).hasSize(added);
        }
    }
}
