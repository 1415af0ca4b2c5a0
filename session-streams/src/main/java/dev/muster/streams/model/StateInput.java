/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads a state value that {@link StateOutput} wrote, or an older version's: that one is resolved to today's schema. */
final class StateInput {

    private static final int HEADER_BYTES = 10;

    private final BinaryDecoder decoder;
    private @Nullable ByteBuffer scratch;

    private StateInput(BinaryDecoder decoder) {
        this.decoder = decoder;
    }

    /** Opens a value of a schema. */
    static StateInput of(StateSchema schema, byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != (byte) 0xC3 || value[1] != 1) {
            throw new IllegalStateException(
                    "a value of " + schema.current().getName() + " does not begin as one: the state is damaged");
        }
        long fingerprint = 0;
        for (int i = HEADER_BYTES - 1; i >= 2; i--) {
            fingerprint = (fingerprint << Byte.SIZE) | (value[i] & 0xFF);
        }
        DecoderFactory factory = DecoderFactory.get();
        return new StateInput(
                fingerprint == schema.fingerprint()
                        ? factory.binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null)
                        : resolved(schema, fingerprint, value));
    }

    private static BinaryDecoder resolved(StateSchema schema, long fingerprint, byte[] value) {
        try {
            Schema older = schema.older(fingerprint);
            GenericRecord told = read(older, older, Arrays.copyOfRange(value, HEADER_BYTES, value.length));
            LogarithmicBuckets.renumber(told);
            GenericRecord resolved = read(older, schema.current(), write(told));
            return DecoderFactory.get().binaryDecoder(write(resolved), null);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static GenericRecord read(Schema writer, Schema reader, byte[] body) throws IOException {
        // A stream: of an array in memory Avro 1.12.2 knows the length, and refuses arrays whose items would be shorter
        // than
        // the reader's schema wants them.
        InputStream stream = new SequenceInputStream(new ByteArrayInputStream(body), InputStream.nullInputStream());
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(stream, null));
    }

    private static byte[] write(GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    long number() {
        try {
            return decoder.readLong();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    boolean flag() {
        try {
            return decoder.readBoolean();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    String text() {
        try {
            return decoder.readString();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    @Nullable
    String optionalText() {
        return present() ? text() : null;
    }

    byte @Nullable [] optionalBytes() {
        return present() ? bytes() : null;
    }

    byte[] bytes() {
        try {
            ByteBuffer read = decoder.readBytes(scratch);
            scratch = read;
            byte[] copy = new byte[read.remaining()];
            read.get(copy);
            return copy;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    boolean present() {
        try {
            return decoder.readIndex() == 1;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Reads an array, one item a call. */
    void array(Runnable item) {
        try {
            for (long left = decoder.readArrayStart(); left > 0; left = decoder.arrayNext()) {
                for (long i = 0; i < left; i++) {
                    item.run();
                }
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static UncheckedIOException damaged(IOException cause) {
        return new UncheckedIOException("a state value ends too early or is damaged", cause);
    }
}
