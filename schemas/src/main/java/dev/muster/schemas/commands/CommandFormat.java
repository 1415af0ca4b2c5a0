/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.commands;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.SingleObjects;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.SessionCommand;
import org.apache.avro.SchemaNormalization;

/** The bytes of the commands' records: Avro's single-object encoding. */
public final class CommandFormat {

    private static final long AGENTS = SchemaNormalization.parsingFingerprint64(AgentCommand.getClassSchema());

    private CommandFormat() {}

    /** An agent's command as bytes. */
    public static byte[] write(AgentCommand command) {
        return SingleObjects.write(AgentCommand.getEncoder(), command);
    }

    /** A session's command as bytes. */
    public static byte[] write(SessionCommand command) {
        return SingleObjects.write(SessionCommand.getEncoder(), command);
    }

    /** Whether bytes that are a command are an agent's, and not a session's. */
    public static boolean isAgentCommand(byte[] value) {
        return value.length > SingleObjectFormat.HEADER_BYTES && SingleObjectFormat.fingerprint(value) == AGENTS;
    }

    /** Reads an agent's command; throws if the bytes are none. */
    public static AgentCommand readAgentCommand(byte[] value) throws MalformedRecordException {
        return SingleObjects.read(AgentCommand.getDecoder(), value);
    }

    /** Reads a session's command; throws if the bytes are none. */
    public static SessionCommand readSessionCommand(byte[] value) throws MalformedRecordException {
        return SingleObjects.read(SessionCommand.getDecoder(), value);
    }
}
