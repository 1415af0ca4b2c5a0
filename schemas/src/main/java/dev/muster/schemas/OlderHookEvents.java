/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that events were written with before today's: records in the topic, in a collector's spool and in the topology's
 * rows outlive a version. Each stays here as a resource of its own, the oldest being the first.
 */
final class OlderHookEvents {

    private static final int VERSIONS = 1;
    private static final Map<Long, Schema> BY_FINGERPRINT = read();

    private OlderHookEvents() {}

    /** The older schema of a fingerprint; null when it is none of them. */
    static @Nullable Schema find(long fingerprint) {
        return BY_FINGERPRINT.get(fingerprint);
    }

    private static Map<Long, Schema> read() {
        Map<Long, Schema> schemas = new HashMap<>();
        for (int version = 1; version <= VERSIONS; version++) {
            Schema schema = SchemaResource.read(OlderHookEvents.class, "HookEvent-" + version);
            schemas.put(SchemaNormalization.parsingFingerprint64(schema), schema);
        }
        return schemas;
    }
}
