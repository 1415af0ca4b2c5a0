/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.store.Counted;
import dev.muster.streams.store.LiveSessionView;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.MemoryStores;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/** Live sessions over rows in memory, with no Kafka around them: what is written, and when, is the test's choice. */
final class Sessions {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final long T = NOW.toEpochMilli();

    private final SessionStores stores = MemoryStores.empty();
    private final LiveSessions live;

    /** What was commanded of the agents: nothing. */
    final AgentControls controls = new AgentControls();

    /** With so many bytes of memory for live sessions, and room for an index of them. */
    Sessions(long maxLiveBytes) {
        this(maxLiveBytes, 64 << 20);
    }

    /** With so many bytes of memory for live sessions and for the index: where they do not suffice there is none. */
    Sessions(long maxLiveBytes, long indexBytes) {
        LiveSessions.Bounds eager = new LiveSessions.Bounds(maxLiveBytes, maxLiveBytes, Duration.ZERO);
        live = new LiveSessionsBuilder(
                        SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                        eager,
                        new IndexMemory(indexBytes),
                        new Counted())
                .build();
        live.bind(stores, T);
    }

    /** An event of session {@code s}, so many milliseconds from {@link #T}. */
    static HookEvent.Builder event(String id, FactKind kind, long time) {
        return Events.at(id, kind, T + time);
    }

    void tell(HookEvent event) {
        live.take(Bytes.wrap(RecordKey.of(event).toBytes()), Bodies.of(event), event.getReceivedAt(), T);
    }

    /** Applies a command to a session. */
    void command(String session, Predicate<Session> command) {
        live.command(RecordKey.ofSession("local", session), command, T);
    }

    void write() {
        live.flushCache();
    }

    /** Reads the live sessions laid over the rows. */
    InstanceReader reader(Instant now) {
        return reader(now, Optional.of(live.reads()));
    }

    /** Reads the rows alone, as a standby does. */
    InstanceReader standbyReader(Instant now) {
        return reader(now, Optional.empty());
    }

    /** The session {@code s} as it is seen so many milliseconds from {@link #T}. */
    SessionView session(long time) {
        return reader(NOW.plusMillis(time)).session("local", "s").orElseThrow();
    }

    /** All live sessions leave memory. */
    void evict() {
        live.evictUnusedSince(T + 1);
    }

    /** The stores, with the live sessions laid over them. */
    PartitionStores partition(int number) {
        return OnePartition.overlaid(number, stores, Optional.of(live.reads()));
    }

    private InstanceReader reader(Instant now, Optional<LiveSessionView> overlay) {
        PartitionStores partition = OnePartition.overlaid(0, stores, overlay);
        return InstanceReader.of(new OnePartition(() -> partition), controls, () -> now);
    }

    /** Walks a list from its first page to its last. */
    static <T> List<T> walk(Function<Optional<String>, Page<T>> pages, int limit) {
        List<T> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = pages.apply(cursor);
            if (page.items().size() > limit
                    || (page.nextCursor().isPresent() && page.items().size() < limit)) {
                throw new AssertionError("a page of " + page.items().size() + " instead of " + limit);
            }
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return all;
    }
}
