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
 * sessions are one. This is the one table of them; where a key has a session, it has its account and id, or what stands for an
 * agent's events outside of sessions.
 *
 * <pre>
 *  store     key → value                                              written when             answers
 *  live      the sessions in use, as objects                          each event               all reads, first
 *  journal   number → piece of the events whose sessions' rows        each commit; deleted     a start
 *            do not have them yet (in memory)                         when none waits for it
 *  sessions  session → figures and overlay: the open chunk, the       a session is written     one session, all
 *            latest traces                                                                     reads of figures
 *            session, w, start → end of a closed activity window      a session is written     one session
 *  traces    session, t, start, trace → figures                       a session is written     a session's traces
 *            session, #, number → page of where traces have rows      a session is written     one trace
 *  events    session, fence → chunk of up to 64 facts                 a session is written     events, the audit log
 *  activity  account, time, number → page of up to 64 sessions,       gathered, each commit    the list of sessions,
 *            latest first                                                                      retention
 *  days      account, g, day, agent → sums                            gathered, each commit    day groups, spend
 *            account, s, day, agent, start, session → nothing         a session is written     a day group's sessions
 *            account, a, agent → what is known of the agent           a session is written     agents
 *            one row → whether the sums are whole                     around the changes       a start
 *  audit     account, e, bucket, number → who has facts in a bucket   gathered, each commit    the audit log
 *            account, c, time, id → command                           each command             the audit log
 * </pre>
 *
 * <p>"A session is written" when {@link WriteBehind} finds it worth it or it leaves memory, all of its rows in one commit. The
 * keys of sessions' rows are made by {@link StoreKeys}; retention deletes rows of every store but {@code live} and
 * {@code journal} ({@link Retention}).
 *
 * @param sessions sessions' figures and activity windows
 * @param traces traces' figures, and where they have their rows
 * @param events facts, in chunks
 * @param activity the list of sessions
 * @param days what agents did by day
 * @param audit the audit log
 * @param journal what was taken in and is not written with its sessions yet
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
