/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Reads a record in either frame, the single object's or Confluent's, whichever is written today. An instance belongs to
 * one thread.
 */
public final class EventReader {

    private final WriterSchemas schemas;
    private final Map<Long, Schema> byFingerprint = new HashMap<>();
    private final SingleObjectFormat format = new SingleObjectFormat(byFingerprint::get);
    private long lastId = Long.MIN_VALUE;
    private long lastFingerprint;

    /**
     * A reader.
     *
     * @param schemas the schemas behind the ids of Confluent's frame
     */
    public EventReader(WriterSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Lays a look over a record's body; one of another schema is made into one of today's first.
     *
     * @throws MalformedRecordException if the frame or the schema is unknown, or the body does not fit it
     * @throws RegistryUnavailableException if the registry that knows the schema could not be asked
     */
    public void look(byte[] record, EventBody look) throws MalformedRecordException, RegistryUnavailableException {
        if (format.marks(record)) {
            look(record, SingleObjectFormat.HEADER_BYTES, SingleObjectFormat.fingerprint(record), look);
        } else if (ConfluentFrame.marks(record)) {
            look(record, ConfluentFrame.HEADER_BYTES, fingerprint(ConfluentFrame.schemaId(record)), look);
        } else {
            throw new MalformedRecordException("the record is in no wire format that Muster reads");
        }
    }

    private void look(byte[] record, int header, long fingerprint, EventBody look) throws MalformedRecordException {
        if (fingerprint == SingleObjectFormat.currentFingerprint()) {
            look.over(record, header, record.length - header);
        } else {
            byte[] current = format.write(format.readBody(record, header, record.length - header, fingerprint, null));
            look.over(current, SingleObjectFormat.HEADER_BYTES, current.length - SingleObjectFormat.HEADER_BYTES);
        }
    }

    /** The fingerprint of an id's schema; a topic's records mostly have the id of the one before. */
    private long fingerprint(int id) throws MalformedRecordException, RegistryUnavailableException {
        if (id != lastId) {
            Schema schema = schemas.find(id);
            lastFingerprint = SchemaNormalization.parsingFingerprint64(schema);
            byFingerprint.put(lastFingerprint, schema);
            lastId = id;
        }
        return lastFingerprint;
    }
}
