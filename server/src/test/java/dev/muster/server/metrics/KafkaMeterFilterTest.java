/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

/** Of Kafka's meters those that are watched stay, their tags spelled one way; others are left alone. */
class KafkaMeterFilterTest {

    private final PrometheusMeterRegistry registry = MetricsRegistry.open();

    private void gauge(MeterRegistry registry, String name, Tags tags) {
        Gauge.builder(name, () -> 7).tags(tags).register(registry);
    }

    @Test
    void lag_restoring_and_memory_stay() {
        gauge(
                registry,
                "kafka.consumer.fetch.manager.records.lag",
                Tags.of("topic", "muster.hook-events", "kafka.version", "4"));
        FunctionCounter.builder("kafka.stream.task.restore.remaining.records.total", this, test -> 7)
                .tags("task.id", "0_1")
                .register(registry);
        gauge(registry, "kafka.stream.state.block.cache.usage", Tags.of("rocksdb.state.id", "days", "task.id", "0_1"));

        assertThat(registry.scrape())
                .contains("kafka_consumer_fetch_manager_records_lag{topic=\"muster.hook-events\"} 7")
                .contains("kafka_stream_task_restore_remaining_records_total{task_id=\"0_1\"} 7")
                .contains("kafka_stream_state_block_cache_usage{store=\"days\",task_id=\"0_1\"} 7");
    }

    @Test
    void a_topic_is_told_once() {
        gauge(registry, "kafka.consumer.fetch.manager.records.lag", Tags.of("topic", "muster_hook-events"));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void other_meters_of_kafka_go_and_those_of_others_stay() {
        gauge(registry, "kafka.stream.state.put.if.absent.rate", Tags.empty());
        Counter.builder("muster.collector.events")
                .tag("a-tag", "x")
                .register(registry)
                .increment();

        assertThat(registry.getMeters()).hasSize(1);
        assertThat(registry.scrape()).contains("muster_collector_events_total{a_tag=\"x\"} 1.0");
    }
}
