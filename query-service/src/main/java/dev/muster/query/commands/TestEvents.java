/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.commands;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.server.kafka.RecordWriter;
import java.time.InstantSource;
import java.util.UUID;

/** Events of an agent that is none, each in a session of its own: they show that what is sent is seen. */
public final class TestEvents {

    /** The label of the agent that they name. */
    public static final String AGENT = "muster:test";

    private final RecordWriter writer;
    private final InstantSource clock;

    /** Events through a writer. */
    public TestEvents(RecordWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** The id of that agent. */
    public static String agentId(String account) {
        return AgentId.of(account, AGENT);
    }

    /**
     * Writes an event as a collector would.
     *
     * @throws dev.muster.server.kafka.UnavailableException if Kafka does not acknowledge it
     */
    public HookEvent send(String account) {
        String session = "muster-test-" + UUID.randomUUID();
        HookEvent event = HookEvent.newBuilder()
                .setId(FactId.own())
                .setAccount(account)
                .setAgentId(agentId(account))
                .setAgentLabel(AGENT)
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSessionId(session)
                .setKind(FactKind.OTHER)
                .setSource(Source.SDK)
                .setClient("muster")
                .setTimestamp(clock.millis())
                .setReceivedAt(clock.millis())
                .setType(EventType.DECISION)
                .setOutcome(Outcome.SUCCESS)
                .setTitle("Test event")
                .setReasoning("A test event, made by the API.")
                .build();
        writer.write(
                Topics.HOOK_EVENTS,
                RecordKey.ofSession(account, session).toBytes(),
                new SingleObjectFormat().write(event),
                "the event");
        return event;
    }
}
