/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.Topics;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.store.LiveSessions;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * What the topology can be told.
 *
 * @param partitions how many partitions the events' topic has; the topic for re-keying has as many
 * @param retention how long a session is kept after its last event
 * @param live what a task's live sessions may take
 * @param index what the index of sessions may take
 * @param rules what the installation decides about sessions
 * @param schemas what wrote the records in a schema registry's frame
 * @param rows what keeps the rows of the store of a name: RocksDB, in memory for a test driver
 */
public record TopologyOptions(
        int partitions,
        Duration retention,
        LiveSessions.Bounds live,
        IndexMemory index,
        SessionRules rules,
        WriterSchemas schemas,
        Function<String, KeyValueBytesStoreSupplier> rows) {

    String rekeyTopic() {
        return Topics.REKEY;
    }
}
