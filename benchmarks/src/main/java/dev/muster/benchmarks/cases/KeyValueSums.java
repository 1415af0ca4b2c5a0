/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.aggregate.SessionSums;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.price.PriceTable;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** A session's sums read from a store and written back with every event: RocksDB, its cache and its changelog. */
final class KeyValueSums implements Case {

    private static final String STORE = "sums";

    @Override
    public String name() {
        return "key-value-store";
    }

    @Override
    public String description() {
        return "Kafka Streams: a session's sums got and put for each event; no traces, events, deduplication";
    }

    @Override
    public Pass run(Workload workload) {
        LongAdder records = new LongAdder();
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        Topology topology = new Topology();
        topology.addSource("events", in, in, Topics.HOOK_EVENTS);
        topology.addProcessor("sum", () -> new Summing(records), "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), SumsSerde.get())
                        .withCachingEnabled(),
                "sum");
        try (StreamsPass pass = StreamsPass.withCache(workload, Input.all(workload), topology)) {
            Pass taken = pass.run(records::sum);
            check(workload, pass);
            return taken;
        }
    }

    private static void check(Workload workload, StreamsPass pass) {
        long sessions = 0;
        long events = 0;
        try (KeyValueIterator<Bytes, SessionSums> all = pass.streams()
                .store(StoreQueryParameters.fromNameAndType(
                        STORE, QueryableStoreTypes.<Bytes, SessionSums>keyValueStore()))
                .all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, SessionSums> session = all.next();
                sessions++;
                events += session.value.events();
            }
        }
        Case.check("sessions", workload.loaded().sessions(), sessions);
        Case.check("events in all sessions", workload.loaded().records(), events);
    }

    private static final class Summing extends ContextualProcessor<byte[], byte[], Void, Void> {

        private final LongAdder records;
        private final SingleObjectFormat format = new SingleObjectFormat();
        private final PriceTable prices = PriceTable.shipped();
        private @Nullable HookEvent event;
        private @Nullable KeyValueStore<Bytes, SessionSums> store;

        Summing(LongAdder records) {
            this.records = records;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            try {
                event = format.read(record.value(), event);
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("a record of the topic cannot be decoded", e);
            }
            Bytes session = Bytes.wrap(record.key());
            KeyValueStore<Bytes, SessionSums> sums = Objects.requireNonNull(store);
            SessionSums known = sums.get(session);
            sums.put(session, (known == null ? new SessionSums() : known).add(event, prices));
            records.increment();
        }
    }
}
