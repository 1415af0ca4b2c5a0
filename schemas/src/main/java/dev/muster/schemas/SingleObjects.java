/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;

/**
 * Values of the topics that carry few records, in Avro's single-object encoding, by the encoders and decoders that Avro
 * generates. The events have {@link SingleObjectFormat}, which reuses its buffers.
 */
public final class SingleObjects {

    static {
        HookEvents.trust();
    }

    private SingleObjects() {}

    /** A value as bytes. */
    public static <T> byte[] write(MessageEncoder<T> encoder, T value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
    }

    /**
     * The value that bytes are.
     *
     * @throws MalformedRecordException if they do not fit the decoder's schema
     */
    public static <T> T read(MessageDecoder<T> decoder, byte[] bytes) throws MalformedRecordException {
        try {
            return decoder.decode(bytes);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException("the value does not fit its schema: " + e.getMessage(), e);
        }
    }
}
