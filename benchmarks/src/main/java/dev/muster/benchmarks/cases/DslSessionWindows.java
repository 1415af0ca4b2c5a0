/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.aggregate.SessionSums;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.price.PriceTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.SessionStore;

/**
 * The sums as one writes them with Kafka Streams' DSL: session windows of 30 minutes' inactivity. The window's end is part of
 * a row's key, so each event of a session deletes a row and writes another.
 */
final class DslSessionWindows implements Case {

    private static final long MAX_RECORDS = 200_000;
    private static final int MAX_PASSES = 3;
    private static final String STORE = "sums";
    private static final Duration INACTIVITY = Duration.ofMinutes(30);
    /** Muster's retention: late events are taken in for as long. */
    private static final Duration GRACE = Duration.ofDays(30);

    private final long mostRecords;

    DslSessionWindows() {
        this(MAX_RECORDS);
    }

    /** One that reads other than the usual number of records at most. */
    DslSessionWindows(long mostRecords) {
        this.mostRecords = mostRecords;
    }

    @Override
    public String name() {
        return "dsl-session-windows";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "Kafka Streams' DSL: sums in session windows, of %,d records at most; no traces, events, deduplication",
                mostRecords);
    }

    @Override
    public int mostPasses() {
        return MAX_PASSES;
    }

    @Override
    public Pass run(Workload workload) {
        LongAdder records = new LongAdder();
        Input input = Prefix.of(workload, mostRecords);
        try (StreamsPass pass = StreamsPass.withCache(workload, input, topology(input.topic(), records))) {
            Pass taken = pass.run(records::sum);
            check(workload, input, pass);
            return taken;
        }
    }

    private static Topology topology(String topic, LongAdder records) {
        PriceTable prices = PriceTable.shipped();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        topic,
                        Consumed.with(Serdes.Bytes(), events())
                                .withTimestampExtractor(
                                        (event, partitionTime) -> ((HookEvent) event.value()).getTimestamp()))
                .groupByKey()
                .windowedBy(SessionWindows.ofInactivityGapAndGrace(INACTIVITY, GRACE))
                .aggregate(
                        SessionSums::new,
                        (session, event, sums) -> {
                            records.increment();
                            return sums.add(event, prices);
                        },
                        (session, one, other) -> one.addAll(other),
                        Materialized.<Bytes, SessionSums, SessionStore<Bytes, byte[]>>as(STORE)
                                .withKeySerde(Serdes.Bytes())
                                .withValueSerde(SumsSerde.get()));
        return builder.build();
    }

    /** Each event is an object of its own, for Kafka Streams reads the next one before this one is processed. */
    private static Serde<HookEvent> events() {
        SingleObjectFormat format = new SingleObjectFormat();
        return Serdes.serdeFrom((topic, event) -> format.write(event), (topic, bytes) -> {
            try {
                return format.read(bytes, null);
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("a record of the topic cannot be decoded", e);
            }
        });
    }

    private static void check(Workload workload, Input input, StreamsPass pass) {
        Set<Bytes> sessions = new HashSet<>();
        long events = 0;
        try (KeyValueIterator<Windowed<Bytes>, SessionSums> all = pass.streams()
                .store(StoreQueryParameters.fromNameAndType(
                        STORE, QueryableStoreTypes.<Bytes, SessionSums>sessionStore()))
                .fetch(null, null)) {
            while (all.hasNext()) {
                KeyValue<Windowed<Bytes>, SessionSums> window = all.next();
                sessions.add(window.key.key());
                events += window.value.events();
            }
        }
        Case.check("events in all windows", input.records(), events);
        if (input.records() == workload.loaded().records()) {
            Case.check("sessions", workload.loaded().sessions(), sessions.size());
        }
    }
}
