/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.commands;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.table.Rows;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What was commanded of every agent, in memory: the rows of the topic {@code muster.agent-commands}, for any number of
 * readers. An agent without commands takes no space.
 */
public final class AgentControls implements Rows {

    /** By account, then by agent. */
    private final Map<String, Map<String, AgentControl>> controls = new ConcurrentHashMap<>();

    private volatile boolean complete;

    /** What holds for an agent. */
    public AgentControl of(String account, String agentId) {
        return controls.getOrDefault(account, Map.of()).getOrDefault(agentId, AgentControl.NONE);
    }

    /** What holds for those agents of an account that were ever commanded, by their id, as it stands. */
    public Map<String, AgentControl> of(String account) {
        return Collections.unmodifiableMap(controls.getOrDefault(account, Map.of()));
    }

    /** The agents of an account that are deleted, as it stands. */
    public Set<String> deleted(String account) {
        return controls.getOrDefault(account, Map.of()).entrySet().stream()
                .filter(agent -> agent.getValue().isDeleted())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether all commands that stood in the topic have been read. */
    public boolean isComplete() {
        return complete;
    }

    /** Takes a command in; who has just had one acknowledged need not wait to read it back. */
    public void add(AgentCommand command) {
        controls.computeIfAbsent(command.getAccount(), account -> new ConcurrentHashMap<>())
                .compute(
                        command.getAgentId(),
                        (agent, before) -> changed(before == null ? AgentControl.NONE : before, command));
    }

    private static AgentControl changed(AgentControl before, AgentCommand command) {
        Instant at = Instant.ofEpochMilli(command.getAt());
        return switch (command.getKind()) {
            case RENAME -> new AgentControl(Optional.ofNullable(command.getName()), before.pause(), before.deletedAt());
            case PAUSE ->
                new AgentControl(
                        before.name(),
                        Optional.of(
                                new AgentControl.Pause(command.getBy(), at, Optional.ofNullable(command.getReason()))),
                        before.deletedAt());
            case RESUME -> new AgentControl(before.name(), Optional.empty(), before.deletedAt());
            case DELETE -> new AgentControl(before.name(), before.pause(), Optional.of(at));
            case RESTORE -> new AgentControl(before.name(), before.pause(), Optional.empty());
        };
    }

    @Override
    public void put(String key, byte[] value) throws MalformedRecordException {
        add(CommandFormat.readAgentCommand(value));
    }

    /** Nobody deletes a command's row: the opposite command takes its place. */
    @Override
    public void remove(String key) throws MalformedRecordException {
        throw new MalformedRecordException("a command is not taken back by deleting its row: " + key);
    }

    @Override
    public void complete() {
        complete = true;
    }
}
