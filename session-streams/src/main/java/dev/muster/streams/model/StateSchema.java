/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of the values in the stores. A value carries its schema's fingerprint; when a schema changes, the version
 * before it stays here as a resource of its own, so that a new version of Muster reads the old one's state.
 */
final class StateSchema {
    /** A session's figures. */
    static final StateSchema SESSION = new StateSchema("SessionState");

    /** A trace's figures. */
    static final StateSchema TRACE = new StateSchema("TraceState");

    /** Up to 64 facts of a session. */
    static final StateSchema CHUNK = new StateSchema("EventChunk");

    private final Schema current;
    private final long fingerprint;
    private final Map<Long, Schema> older = Map.of();

    private StateSchema(String name) {
        try (InputStream in = StateSchema.class.getResourceAsStream(name + ".avsc")) {
            if (in == null) {
                throw new IllegalStateException("the schema " + name + " is not in the jar");
            }
            current = new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fingerprint = SchemaNormalization.parsingFingerprint64(current);
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
