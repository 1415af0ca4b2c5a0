/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} shows of a Muster whose tasks all run. */
@Tag("any-java")
class MetricsTest {

    private static final int MAX_BYTES = 100_000;

    /** The stores' meters are looked for once a minute. */
    private static final Duration ALL_THERE = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatOperatorsWatchIsThereAndLittleElse(@TempDir Path data) throws Exception {
        Map<String, String> settings = Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0");
        try (Standalone muster = Standalone.start(settings, data, InstantSource.system(), folder -> {})) {
            await().atMost(ALL_THERE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> metrics(muster).contains("kafka_stream_state_block_cache_usage{"));
            String metrics = metrics(muster);

            assertThat(metrics.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_BYTES);
            assertThat(metrics)
                    .contains(
                            "kafka_consumer_fetch_manager_records_lag{",
                            "kafka_stream_task_restore_remaining_records_total{",
                            "kafka_stream_thread_commit_latency_max{",
                            "kafka_stream_state_size_all_mem_tables{",
                            "kafka_stream_state_estimate_table_readers_mem{",
                            "store=\"sessions\"",
                            "muster_sessions_events_total{",
                            "muster_collector_events_total{")
                    .doesNotContain("rocksdb_state_id", "kafka_version", "topic=\"muster_hook-events\"");
        }
    }

    private String metrics(Standalone muster) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(muster.api() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
