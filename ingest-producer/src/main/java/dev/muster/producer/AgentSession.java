/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.time.Instant;

/**
 * One session of an agent, and the events that tell of it. Each begins with the id that makes it the same fact from
 * whichever source it comes, so that repeating it is harmless; further fields are set on the builder.
 *
 * @param account the tenant, {@code [a-z0-9-]{1,64}}
 * @param agent the agent's label, the same in all its sessions; not blank
 * @param sessionId the session, 1 to 200 characters
 */
public record AgentSession(String account, String agent, String sessionId) {

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one is malformed
     */
    public AgentSession {
        if (!RecordKey.isAccount(account)) {
            throw new IllegalArgumentException("account is «" + account + "», and must be [a-z0-9-]{1,64}.");
        }
        if (agent.isBlank()) {
            throw new IllegalArgumentException("agent is blank, and must name the agent.");
        }
        if (sessionId.isEmpty() || sessionId.length() > RecordKey.MAX_SESSION_ID) {
            throw new IllegalArgumentException("sessionId has " + sessionId.length()
                    + " characters, and must have 1 to " + RecordKey.MAX_SESSION_ID + ".");
        }
    }

    /** A user's prompt, which begins a trace of the same id. */
    public HookEvent.Builder prompt(Instant at, String promptId, String text) {
        return event(at, FactId.prompt(promptId), FactKind.PROMPT)
                .setTraceId(promptId)
                .setPrompt(text);
    }

    /** A tool call begins. */
    public HookEvent.Builder toolStart(Instant at, String toolUseId, String tool) {
        return tool(at, FactId.toolStart(toolUseId), FactKind.TOOL_START, toolUseId, tool)
                .setPhase(Phase.PRE)
                .setOutcome(Outcome.PENDING);
    }

    /**
     * A tool call has ended; {@code setDurationMs} tells how long it took.
     *
     * @param outcome success or failed
     */
    public HookEvent.Builder toolEnd(Instant at, String toolUseId, String tool, Outcome outcome) {
        return tool(at, FactId.toolEnd(toolUseId), FactKind.TOOL_END, toolUseId, tool)
                .setPhase(Phase.POST)
                .setOutcome(outcome);
    }

    /**
     * A model was asked and has answered.
     *
     * @param requestId the provider's id of the request
     * @param model the model, as the provider names it
     * @param tokens its usage, input without what came from a cache
     */
    public HookEvent.Builder modelRequest(Instant at, String requestId, String model, Tokens tokens) {
        return event(at, FactId.request(requestId), FactKind.MODEL_REQUEST)
                .setRequestId(requestId)
                .setModel(model)
                .setTokens(tokens)
                .setOutcome(Outcome.SUCCESS);
    }

    /** A prompt's turn has failed. */
    public HookEvent.Builder failedTurn(Instant at, String promptId, String error) {
        return event(at, FactId.failedTurn(promptId), FactKind.FAILED_TURN)
                .setType(EventType.ERROR)
                .setTraceId(promptId)
                .setOutcome(Outcome.FAILED)
                .setErrorMessage(error);
    }

    /**
     * Anything else.
     *
     * @param dedupKey what is the same when the event is sent again, and another for any other event of the session
     */
    public HookEvent.Builder event(Instant at, String dedupKey) {
        return event(at, FactId.dedupKey(dedupKey), FactKind.OTHER);
    }

    private HookEvent.Builder tool(Instant at, String id, FactKind kind, String toolUseId, String tool) {
        return event(at, id, kind)
                .setType(EventType.TOOL)
                .setToolUseId(toolUseId)
                .setToolName(tool);
    }

    private HookEvent.Builder event(Instant at, String id, FactKind kind) {
        return HookEvents.newBuilder()
                .setId(id)
                .setKind(kind)
                .setAccount(account)
                .setAgentId(AgentId.of(account, agent))
                .setAgentLabel(agent)
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSessionId(sessionId)
                .setSource(Source.SDK)
                .setTimestamp(at.toEpochMilli())
                .setReceivedAt(at.toEpochMilli());
    }
}
