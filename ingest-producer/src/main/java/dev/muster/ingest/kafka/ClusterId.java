/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import java.util.Optional;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Learns which Kafka cluster a producer speaks to. A producer tells that to its serializers, so this is one. */
public final class ClusterId extends ByteArraySerializer implements ClusterResourceListener {

    private volatile Optional<String> known = Optional.empty();

    /** The cluster's own id; empty until the producer has reached it. */
    public Optional<String> get() {
        return known;
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
        known = Optional.ofNullable(cluster.clusterId()).or(() -> known);
    }
}
