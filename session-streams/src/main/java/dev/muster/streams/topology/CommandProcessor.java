/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.store.LiveSessions;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands in: of sessions it does what they say, and all are kept for the audit log. What is commanded of agents is
 * followed where it matters, by collectors and by readers.
 */
final class CommandProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    /** A reason and the agent's name take a few KiB at most. */
    private static final int MAX_BYTES = 64 * 1024;

    private final TopologyOptions options;
    private final SessionMetrics metrics;
    private @Nullable LiveSessions live;

    CommandProcessor(TopologyOptions options, SessionMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        live = context.getStateStore(LiveSessions.NAME);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        LiveSessions sessions = live;
        if (sessions == null) {
            throw new IllegalStateException("the processor was not initialised");
        }
        try {
            take(record, sessions);
        } catch (PoisonRecordException poison) {
            metrics.deadLetter();
            context()
                    .forward(
                            DeadLetters.of(record, poison, context().recordMetadata()),
                            SessionTopology.DEAD_LETTER_SINK);
        }
    }

    private void take(Record<byte[], byte[]> record, LiveSessions sessions) throws PoisonRecordException {
        byte[] value = record.value();
        if (value == null) {
            throw new PoisonRecordException("a command is not taken back by deleting its record");
        }
        if (value.length > MAX_BYTES) {
            throw new PoisonRecordException("the command has " + value.length + " bytes, more than " + MAX_BYTES);
        }
        try {
            if (isOfAgents()) {
                applyAgentCommand(value, sessions);
            } else {
                applySessionCommand(value, record.timestamp(), sessions);
            }
        } catch (MalformedRecordException e) {
            throw new PoisonRecordException(String.valueOf(e.getMessage()), e);
        }
    }

    private boolean isOfAgents() {
        return context()
                .recordMetadata()
                .map(RecordMetadata::topic)
                .filter(Topics.AGENT_COMMANDS::equals)
                .isPresent();
    }

    private void applyAgentCommand(byte[] value, LiveSessions sessions)
            throws PoisonRecordException, MalformedRecordException {
        AgentCommand command = CommandFormat.readAgentCommand(value);
        requireAccount(command.getAccount());
        sessions.audit(command.getAccount(), command.getAt(), value);
    }

    private void applySessionCommand(byte[] value, long appendTime, LiveSessions sessions)
            throws PoisonRecordException, MalformedRecordException {
        SessionCommand command = CommandFormat.readSessionCommand(value);
        requireAccount(command.getAccount());
        String id = command.getSessionId();
        if (id.isEmpty() || id.length() > RecordKey.MAX_SESSION_ID) {
            throw new PoisonRecordException(
                    "the session id does not have 1 to " + RecordKey.MAX_SESSION_ID + " characters");
        }
        RecordKey key = RecordKey.ofSession(command.getAccount(), id);
        int right = key.partition(options.partitions());
        if (right != context().taskId().partition()) {
            throw new PoisonRecordException(
                    "the command is in partition " + context().taskId().partition() + ", its session in " + right);
        }
        sessions.command(
                key,
                session -> switch (command.getKind()) {
                    case ACKNOWLEDGE -> session.acknowledge(appendTime);
                    case UNACKNOWLEDGE -> session.unacknowledge(appendTime);
                },
                context().currentSystemTimeMs());
        sessions.audit(command.getAccount(), command.getAt(), value);
    }

    private static void requireAccount(String account) throws PoisonRecordException {
        if (!RecordKey.isAccount(account)) {
            throw new PoisonRecordException("the account is not [a-z0-9-]{1,64}");
        }
    }
}
