/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.commands;

import dev.muster.query.auth.Caller;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.schemas.commands.AgentCommandKey;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.server.kafka.RecordWriter;
import dev.muster.server.kafka.UnavailableException;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.SessionView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Gives commands. What it answers is in the commands' topics, acknowledged: every collector and every reader follows those of
 * agents, the topology applies those of sessions. The controls here know a command at once.
 */
public final class CommandService {

    private final AgentControls controls;
    private final RecordWriter writer;
    private final InstantSource clock;

    /** A command of a session, and when it was appended: failures up to then are covered. */
    public record OfSession(SessionCommand command, Instant appendedAt) {}

    /**
     * A service that writes through a writer.
     *
     * @param controls what holds for the agents, which somebody else follows from Kafka
     * @param clock tells when they are given
     */
    public CommandService(AgentControls controls, RecordWriter writer, InstantSource clock) {
        this.controls = controls;
        this.writer = writer;
        this.clock = clock;
    }

    /** What holds for the agents. */
    public AgentControls controls() {
        return controls;
    }

    /**
     * Gives an agent a name; without one its label is its name again.
     *
     * @throws UnavailableException if Kafka does not acknowledge the command
     */
    public void rename(Caller caller, AgentView agent, Optional<String> name) {
        write(command(caller, agent, AgentCommandKind.RENAME)
                .setName(name.orElse(null))
                .build());
    }

    /**
     * Commands anything but a name of an agent. What holds already is not commanded again: who gave the first command, when and
     * why stays to be seen.
     *
     * @param reason why, in words
     * @throws UnavailableException if Kafka does not acknowledge the command
     */
    public void command(Caller caller, AgentView agent, AgentCommandKind kind, Optional<String> reason) {
        // Before all commands were read, what seems to hold may not.
        if (!controls.isComplete() || !holds(controls.of(caller.account(), agent.id()), kind)) {
            write(command(caller, agent, kind).setReason(reason.orElse(null)).build());
        }
    }

    private static boolean holds(AgentControl control, AgentCommandKind kind) {
        return switch (kind) {
            case PAUSE -> control.isPaused();
            case RESUME -> !control.isPaused();
            case DELETE -> control.isDeleted();
            case RESTORE -> !control.isDeleted();
            case RENAME -> false;
        };
    }

    /**
     * Commands something of a session.
     *
     * @param reason why, in words
     * @throws UnavailableException if Kafka does not acknowledge the command
     */
    public OfSession command(Caller caller, SessionView session, SessionCommandKind kind, Optional<String> reason) {
        SessionCommand command = SessionCommand.newBuilder()
                .setAccount(caller.account())
                .setSessionId(session.id())
                .setAgentId(session.agentId())
                .setAgentName(session.agentName())
                .setKind(kind)
                .setBy(caller.user())
                .setReason(reason.orElse(null))
                .setAt(clock.millis())
                .build();
        Instant appendedAt = writer.write(
                Topics.SESSION_COMMANDS,
                RecordKey.ofSession(caller.account(), session.id()).toBytes(),
                CommandFormat.write(command),
                "the command");
        return new OfSession(command, appendedAt);
    }

    private AgentCommand.Builder command(Caller caller, AgentView agent, AgentCommandKind kind) {
        return AgentCommand.newBuilder()
                .setAccount(caller.account())
                .setAgentId(agent.id())
                .setAgentName(agent.name())
                .setKind(kind)
                .setBy(caller.user())
                .setAt(clock.millis());
    }

    private void write(AgentCommand command) {
        AgentCommandKey key = AgentCommandKey.of(command.getAccount(), command.getAgentId(), command.getKind());
        writer.write(
                Topics.AGENT_COMMANDS,
                key.partitionBytes(),
                key.toBytes(),
                CommandFormat.write(command),
                "the command");
        controls.add(command);
    }
}
