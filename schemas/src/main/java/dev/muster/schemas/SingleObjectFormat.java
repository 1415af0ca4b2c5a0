/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import dev.muster.schemas.avro.HookEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding: the bytes C3 01, the schema's 64-bit Rabin fingerprint (little-endian), the body. It
 * needs no registry. A record written with an older schema of Muster's is read too, and one of another when that is in the store.
 */
public final class SingleObjectFormat implements WireFormat {

    /** The bytes before the body: the mark and the fingerprint. */
    public static final int HEADER_BYTES = 10;

    private static final Schema CURRENT = HookEvent.getClassSchema();
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(CURRENT);
    private static final SpecificData MODEL = trustedModel();

    private final SchemaStore otherSchemas;
    private final Map<Long, SpecificDatumReader<HookEvent>> otherReaders = new HashMap<>();
    private final SpecificDatumWriter<HookEvent> writer = new SpecificDatumWriter<>(CURRENT, MODEL);
    private final SpecificDatumReader<HookEvent> reader = new SpecificDatumReader<>(CURRENT, CURRENT, MODEL);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** Reads the current schema and those of older versions. */
    public SingleObjectFormat() {
        this(fingerprint -> null);
    }

    /**
     * Reads the current schema, those of older versions and those in the store.
     *
     * @param otherSchemas schemas by fingerprint, null for an unknown one
     */
    public SingleObjectFormat(SchemaStore otherSchemas) {
        this.otherSchemas = otherSchemas;
    }

    /** The fingerprint of the current schema. */
    public static long currentFingerprint() {
        return FINGERPRINT;
    }

    /** The fingerprint in a record that carries this format's mark. */
    public static long fingerprint(byte[] record) {
        long fingerprint = 0;
        for (int i = HEADER_BYTES - 1; i >= 2; i--) {
            fingerprint = fingerprint << Byte.SIZE | (record[i] & 0xFF);
        }
        return fingerprint;
    }

    @Override
    public boolean marks(byte[] record) {
        return record.length >= HEADER_BYTES && record[0] == (byte) 0xC3 && record[1] == 1;
    }

    @Override
    public byte[] write(HookEvent event) {
        buffer.reset();
        buffer.write(0xC3);
        buffer.write(1);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            buffer.write((int) (FINGERPRINT >>> shift));
        }
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
            encoder = out;
            writer.write(event, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return buffer.toByteArray();
    }

    @Override
    public HookEvent read(byte[] record, @Nullable HookEvent reuse) throws MalformedRecordException {
        return readBody(record, HEADER_BYTES, record.length - HEADER_BYTES, fingerprint(record), reuse);
    }

    /**
     * Reads an event's body that was written with the schema of a fingerprint.
     *
     * @throws MalformedRecordException if the schema is unknown or the bytes do not fit it
     */
    public HookEvent readBody(byte[] bytes, int offset, int length, long fingerprint, @Nullable HookEvent reuse)
            throws MalformedRecordException {
        SpecificDatumReader<HookEvent> chosen = fingerprint == FINGERPRINT ? reader : otherReader(fingerprint);
        try {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, offset, length, decoder);
            decoder = in;
            HookEvent event = chosen.read(reuse, in);
            if (!in.isEnd()) {
                throw new MalformedRecordException("bytes are left over after the event");
            }
            return event;
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException("the body does not fit the schema HookEvent: " + e.getMessage(), e);
        }
    }

    private SpecificDatumReader<HookEvent> otherReader(long fingerprint) throws MalformedRecordException {
        SpecificDatumReader<HookEvent> known = otherReaders.get(fingerprint);
        if (known != null) {
            return known;
        }
        Schema own = OlderHookEvents.find(fingerprint);
        Schema written = own == null ? otherSchemas.findByFingerprint(fingerprint) : own;
        if (written == null) {
            throw new MalformedRecordException(
                    "no schema is known by the fingerprint " + HexFormat.of().toHexDigits(fingerprint));
        }
        SpecificDatumReader<HookEvent> other = new SpecificDatumReader<>(written, CURRENT, MODEL);
        otherReaders.put(fingerprint, other);
        return other;
    }

    private static SpecificData trustedModel() {
        HookEvents.trust();
        SpecificData model = new SpecificData(HookEvent.class.getClassLoader());
        model.setCustomCoders(true);
        return model;
    }
}
