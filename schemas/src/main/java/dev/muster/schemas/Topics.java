/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

/**
 * The topics' names. Key, value, retention and clean-up policy of each stand in the README's table of topics.
 */
public final class Topics {

    /** Every event, keyed by {@link RecordKey}; Avro {@code HookEvent}; the append time is the record's time. */
    public static final String HOOK_EVENTS = "muster.hook-events";

    /** Events whose producer chose the wrong partition, on their way to the right one; the append time is kept. */
    public static final String REKEY = "muster.rekey";

    /** Records that could not be read, as they came, with the reason in their headers. */
    public static final String DEAD_LETTERS = "muster.dead-letters";

    /** The API keys, hashed, and their last uses; compacted, one partition, keyed by {@link dev.muster.schemas.keys.KeyRow}. */
    public static final String API_KEYS = "muster.api-keys";

    /**
     * What is wanted of sessions: Avro {@code SessionCommand}, keyed as the events are and with as many partitions; compacted;
     * the append time is the record's time.
     */
    public static final String SESSION_COMMANDS = "muster.session-commands";

    /**
     * What is wanted of agents: Avro {@code AgentCommand}, keyed by {@link dev.muster.schemas.commands.AgentCommandKey}, with as
     * many partitions as the events; compacted; the append time is the record's time.
     */
    public static final String AGENT_COMMANDS = "muster.agent-commands";

    private Topics() {}
}
