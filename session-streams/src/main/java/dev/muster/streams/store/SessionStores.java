/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores that a task keeps its sessions' rows in: key-value stores of bytes, logged, without a cache, for the live
 * sessions are one.
 *
 * @param sessions session → figures; session, {@code w}, start → end of a closed activity window
 * @param traces session, {@code t}, start, trace → figures; session, {@code #}, number → where traces have their rows
 * @param events session, time, id → chunk of up to 64 facts from there on
 * @param activity account, time, number → page of up to 64 sessions: the sessions' list, latest first
 * @param days what agents did by day, the sessions that they began on it, and what is known of agents: see {@link DayKey}
 * @param audit which sessions have facts when, and commands: see {@link AuditKey}
 * @param journal number → the events taken in that are not written with their sessions yet
 */
public record SessionStores(
        KeyValueStore<Bytes, byte[]> sessions,
        KeyValueStore<Bytes, byte[]> traces,
        KeyValueStore<Bytes, byte[]> events,
        KeyValueStore<Bytes, byte[]> activity,
        KeyValueStore<Bytes, byte[]> days,
        KeyValueStore<Bytes, byte[]> audit,
        KeyValueStore<Bytes, byte[]> journal) {

    /** Sessions' figures and activity windows. */
    public static final String SESSIONS = "sessions";

    /** Traces' figures. */
    public static final String TRACES = "traces";

    /** Facts, in chunks. */
    public static final String EVENTS = "events";

    /** The list of sessions. */
    public static final String ACTIVITY = "activity";

    /** What agents did by day. */
    public static final String DAYS = "days";

    /** The audit log. */
    public static final String AUDIT = "audit";

    /** What was taken in and is not written yet; always in memory. */
    public static final String JOURNAL = "journal";

    /** All that hold rows. */
    public static final List<String> NAMES = List.of(SESSIONS, TRACES, EVENTS, ACTIVITY, DAYS, AUDIT);

    private static final String JOURNAL_SEGMENT_BYTES = Integer.toString(16 << 20);
    private static final String MAX_RECORD_BYTES = "1048576";

    /** The stores of a processor that they are connected to. */
    public static SessionStores of(ProcessorContext<?, ?> context) {
        return new SessionStores(
                context.getStateStore(SESSIONS),
                context.getStateStore(TRACES),
                context.getStateStore(EVENTS),
                context.getStateStore(ACTIVITY),
                context.getStateStore(DAYS),
                context.getStateStore(AUDIT),
                context.getStateStore(JOURNAL));
    }

    /**
     * Builds the journal. Its changelog is short-lived: small segments, compacted soon, so that a start reads little of what
     * was deleted.
     */
    public static StoreBuilder<? extends StateStore> journalBuilder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(JOURNAL), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        MAX_RECORD_BYTES,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        JOURNAL_SEGMENT_BYTES,
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.1",
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        "60000"));
    }

    /** Builds one of them over what keeps its rows. */
    public static StoreBuilder<? extends StateStore> builder(KeyValueBytesStoreSupplier rows) {
        return Stores.keyValueStoreBuilder(rows, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MAX_RECORD_BYTES));
    }
}
