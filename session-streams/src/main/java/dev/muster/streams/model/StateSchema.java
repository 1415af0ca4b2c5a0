/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.SchemaResource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of the values in the stores. A value carries its schema's fingerprint; when a schema changes, the version
 * before it stays here as a resource of its own, so that a new version of Muster reads the old one's state. A schema's name is
 * part of its fingerprint, so it stays what it was first called.
 */
final class StateSchema {
    /** A session's figures. */
    static final StateSchema SESSION =
            ofResource("SessionState", "SessionState-1", "SessionState-2", "SessionState-3", "SessionState-4");

    /** A trace's figures. */
    static final StateSchema TRACE = ofResource("TraceState", "TraceState-1", "TraceState-2", "TraceState-3");

    /** Where some of a session's traces have their rows. */
    static final StateSchema TRACE_LOCATIONS = ofResource("TracePlaces");

    /** Up to 64 facts of a session. */
    static final StateSchema CHUNK = ofResource("EventChunk");

    /** Up to 64 sessions of a list. */
    static final StateSchema LIST = ofResource("ListPage");

    /** An agent's day. */
    static final StateSchema AGENT_DAY = ofResource("AgentDay", "AgentDay-1", "AgentDay-2");

    /** What is known of an agent beside its days. */
    static final StateSchema AGENT_RECORD = ofResource("KnownAgent");

    /** A row of the audit log's index. */
    static final StateSchema AUDIT = ofResource("AuditPage");

    private final Schema current;
    private final long fingerprint;
    private final Map<Long, Schema> older;

    /**
     * A schema with those that went before it.
     *
     * @param older by fingerprint
     */
    StateSchema(Schema current, Map<Long, Schema> older) {
        this.current = current;
        this.older = older;
        fingerprint = SchemaNormalization.parsingFingerprint64(current);
    }

    private static StateSchema ofResource(String name, String... older) {
        Map<Long, Schema> versions = new HashMap<>();
        for (String version : older) {
            Schema schema = read(version);
            versions.put(SchemaNormalization.parsingFingerprint64(schema), schema);
        }
        return new StateSchema(read(name), versions);
    }

    private static Schema read(String name) {
        return SchemaResource.read(StateSchema.class, name);
    }

    /** The schema that values are written with. */
    Schema current() {
        return current;
    }

    long fingerprint() {
        return fingerprint;
    }

    Schema older(long version) {
        Schema schema = older.get(version);
        if (schema == null) {
            throw new IllegalStateException("a value of " + current.getName() + " was written with the schema "
                    + HexFormat.of().toHexDigits(version) + ", which this version does not know: was it written by a"
                    + " newer one?");
        }
        return schema;
    }
}
