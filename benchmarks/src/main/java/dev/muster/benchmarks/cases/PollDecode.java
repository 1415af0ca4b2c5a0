/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The least that anything which reads the events pays: a consumer, and each record decoded into the same object. */
final class PollDecode implements Case {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WITHIN = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "poll-decode";
    }

    @Override
    public String description() {
        return "poll + Avro decode, one thread";
    }

    @Override
    public Pass run(Workload workload) {
        SingleObjectFormat format = new SingleObjectFormat();
        long deadline = System.nanoTime() + WITHIN.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(workload.bootstrap())) {
            consumer.assign(consumer.partitionsFor(Topics.HOOK_EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            long end = workload.loaded().records();
            workload.started();
            Watch watch = new Watch();
            long records = 0;
            long bytesOfIds = 0;
            HookEvent event = null;
            while (records < end) {
                boolean warm = records >= workload.warmUp();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    event = format.read(record.value(), event);
                    bytesOfIds += event.getId().length();
                    records++;
                }
                if (!warm) {
                    watch = new Watch();
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("read only " + records + " records within " + WITHIN);
                }
            }
            Pass pass = watch.taken(end - workload.warmUp());
            long there = consumer.endOffsets(consumer.assignment()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            Case.check("records in the topic", end, there);
            Case.check("records read", end, records);
            if (bytesOfIds < records) {
                throw new IllegalStateException("records were read that have no id");
            }
            return pass;
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a record of the topic cannot be decoded", e);
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
