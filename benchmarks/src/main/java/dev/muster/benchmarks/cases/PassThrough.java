/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.schemas.Topics;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** What Kafka Streams itself costs: bytes in, nothing decoded, nothing kept, offsets committed exactly once. */
final class PassThrough implements Case {

    @Override
    public String name() {
        return "pass-through";
    }

    @Override
    public String description() {
        return "Kafka Streams, bytes passed through, exactly-once";
    }

    @Override
    public Pass run(Workload workload) {
        LongAdder records = new LongAdder();
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        Topology topology = new Topology();
        topology.addSource("events", in, in, Topics.HOOK_EVENTS);
        topology.addProcessor("count", () -> new Counting(records), "events");
        try (StreamsPass pass = new StreamsPass(workload, topology)) {
            return pass.run(records::sum);
        }
    }

    private static final class Counting extends ContextualProcessor<byte[], byte[], Void, Void> {

        private final LongAdder records;

        Counting(LongAdder records) {
            this.records = records;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            records.increment();
        }
    }
}
