/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a state value: Avro's single-object encoding of one of the schemas in {@link StateSchema}, field by field in
 * their order. An instance belongs to one thread and is used again and again.
 */
public final class StateOutput {

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
    private @Nullable BinaryEncoder encoder;
    private byte[] space = new byte[0];

    /** Begins a value of a schema. */
    StateOutput begin(StateSchema schema) {
        // First the encoder: what a value that was never ended left in it goes to the buffer.
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        buffer.reset();
        buffer.write(0xC3);
        buffer.write(1);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            buffer.write((int) (schema.fingerprint() >>> shift));
        }
        return this;
    }

    /** Ends the value and gives its bytes. */
    byte[] end() {
        try {
            out().flush();
        } catch (IOException e) {
            throw failure(e);
        }
        return buffer.toByteArray();
    }

    void number(long value) {
        try {
            out().writeLong(value);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void flag(boolean value) {
        try {
            out().writeBoolean(value);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void text(String value) {
        try {
            out().writeString(value);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void optionalText(@Nullable String value) {
        branch(value != null);
        if (value != null) {
            text(value);
        }
    }

    void optionalBytes(byte @Nullable [] value) {
        branch(value != null);
        if (value != null) {
            bytes(value, 0, value.length);
        }
    }

    void bytes(byte[] value, int offset, int length) {
        try {
            out().writeBytes(value, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The branch of a union of null and something. */
    void branch(boolean present) {
        try {
            out().writeIndex(present ? 1 : 0);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Space to prepare bytes in, at least so many; whoever asks next overwrites it. */
    byte[] space(int bytes) {
        if (space.length < bytes) {
            space = new byte[Math.max(bytes, 2 * space.length)];
        }
        return space;
    }

    /** Begins an array of as many items, which follow at once; {@link #arrayEnd()} closes it. */
    void array(int items) {
        try {
            out().writeArrayStart();
            out().setItemCount(items);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void item() {
        try {
            out().startItem();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void arrayEnd() {
        try {
            out().writeArrayEnd();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private BinaryEncoder out() {
        BinaryEncoder current = encoder;
        if (current == null) {
            throw new IllegalStateException("no value was begun");
        }
        return current;
    }

    private static UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("a buffer in memory cannot fail", cause);
    }
}
