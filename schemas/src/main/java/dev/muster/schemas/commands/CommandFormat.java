/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.commands;

import dev.muster.schemas.HookEvents;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.SessionCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;

/** The bytes of the commands' records: Avro's single-object encoding. */
public final class CommandFormat {

    static {
        HookEvents.trust();
    }

    /** The two bytes that begin an encoding, and the schema's fingerprint. */
    private static final int HEADER_BYTES = 2 + Long.BYTES;

    private static final long AGENTS = SchemaNormalization.parsingFingerprint64(AgentCommand.getClassSchema());

    private CommandFormat() {}

    /** An agent's command as bytes. */
    public static byte[] write(AgentCommand command) {
        return encode(AgentCommand.getEncoder(), command);
    }

    /** A session's command as bytes. */
    public static byte[] write(SessionCommand command) {
        return encode(SessionCommand.getEncoder(), command);
    }

    /** Whether bytes that are a command are an agent's, and not a session's. */
    public static boolean isAgentCommand(byte[] value) {
        return value.length > HEADER_BYTES
                && ByteBuffer.wrap(value, 2, Long.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                        == AGENTS;
    }

    /** Reads an agent's command; throws if the bytes are none. */
    public static AgentCommand readAgentCommand(byte[] value) throws MalformedRecordException {
        return decode(AgentCommand.getDecoder(), value);
    }

    /** Reads a session's command; throws if the bytes are none. */
    public static SessionCommand readSessionCommand(byte[] value) throws MalformedRecordException {
        return decode(SessionCommand.getDecoder(), value);
    }

    private static <T> byte[] encode(MessageEncoder<T> encoder, T row) {
        try {
            ByteBuffer bytes = encoder.encode(row);
            byte[] value = new byte[bytes.remaining()];
            bytes.get(value);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
    }

    private static <T> T decode(MessageDecoder<T> decoder, byte[] value) throws MalformedRecordException {
        try {
            return decoder.decode(value);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException("the value does not fit its schema: " + e.getMessage(), e);
        }
    }
}
