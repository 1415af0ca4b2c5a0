/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.store.LiveSessions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class MusterTopologyTest {

    private static final String PINNED = "topology.txt";

    @Test
    void the_topology_is_the_one_whose_state_is_on_disk() throws IOException {
        TopologyOptions options = new TopologyOptions(
                6,
                Duration.ofDays(30),
                LiveSessions.Bounds.of(1 << 20),
                new IndexMemory(1 << 20),
                SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                WriterSchemas.none(),
                Stores::persistentKeyValueStore);
        String described = new MusterTopology(options, new SessionMetrics(new SimpleMeterRegistry()))
                .get()
                .describe()
                .toString();

        assertThat(described).as("""
                        The topology is no longer the one in src/test/resources/%s.
                        The names of stores and topics are those of changelogs and folders on disk, and a task is named by the \
                        number of its sub-topology: where one of them changes, what was written before is not read any more.
                        Nodes may be added and renamed freely. For anything else, say in the CHANGELOG what an upgrade does with \
                        old state. Then put this in the file:
                        %s""", PINNED, described).isEqualTo(pinned());
    }

    private static String pinned() throws IOException {
        try (InputStream in = MusterTopologyTest.class.getResourceAsStream("/" + PINNED)) {
            return new String(
                    Objects.requireNonNull(in, "no " + PINNED + " in the tests' resources")
                            .readAllBytes(),
                    UTF_8);
        }
    }
}
