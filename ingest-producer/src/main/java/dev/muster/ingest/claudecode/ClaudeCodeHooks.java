/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Fingerprints;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Maps a hook's payload to its event, and to the ends of subagents' calls that it shows, see {@link SubagentCalls}. A payload has no time of its own, so an event's time is that of its receipt.
 * Only {@code session_id} and {@code hook_event_name} must be there: a hook event or a field that is not known is kept,
 * never refused, for newer clients send what this one cannot know.
 */
public final class ClaudeCodeHooks implements EventSource {

    /** The name that a label begins with, and the client of every event. */
    private static final String CLIENT = "claude-code";

    /** The fields that identify something; none may hold the character NUL. */
    private static final List<String> IDS = List.of("session_id", "prompt_id", "agent_id", "tool_use_id");

    /** It comes before the first prompt, and says itself which start it is. */
    private static final String START = "SessionStart";

    private static final List<String> SUBAGENT_TOOLS = List.of("Agent", "Task");
    private static final List<String> SUBAGENT_RESULT = List.of(
            "agentId",
            "modelsUsed",
            "resolvedModel",
            "status",
            "totalDurationMs",
            "totalTokens",
            "totalToolUseCount",
            "usage");

    private final SubagentCalls subagentCalls = new SubagentCalls();

    @Override
    public String name() {
        return CLIENT;
    }

    @Override
    public MappedBody read(Incoming incoming) throws InvalidBodyException {
        ObjectNode body = SourceJson.object(incoming.body());
        check(body);
        Fields payload = new Fields(body);
        String session = payload.id("session_id").orElseThrow();
        HookEvent event = Events.begin(incoming, Source.HOOK, label(incoming, session, payload));
        event.setClient(CLIENT);
        event.setSessionId(session);
        payload.text("hook_event_name", Text.NAME).ifPresent(event::setHookEvent);
        HookFields.describe(event, payload);
        HookMeaning.describe(event, payload);
        fingerprint(event, body, incoming.fingerprints());
        Background.told(event.getHookEvent(), payload).ifPresent(event::setBackground);
        event.setId(id(event, incoming));
        Metadata.bounded(rest(body, payload)).ifPresent(event::setMetadata);
        List<HookEvent> told = new ArrayList<>(List.of(event));
        told.addAll(subagentCalls.ends(event));
        return new MappedBody(List.of(new MappedBody.Part(0, told)), List.of(), Map.of());
    }

    private static void fingerprint(HookEvent event, ObjectNode body, Fingerprints fingerprints) {
        fingerprints.setInput(event, body.path("tool_input"));
        if (event.getKind() == FactKind.TOOL_END) {
            Stream.of("error", "reason", "tool_response")
                    .filter(body::hasNonNull)
                    .findFirst()
                    .map(body::path)
                    .ifPresent(said -> fingerprints.setOutcome(event, said));
        }
    }

    private static void check(ObjectNode body) throws InvalidBodyException {
        List<Issue> issues = new ArrayList<>();
        for (String required : List.of("session_id", "hook_event_name")) {
            JsonNode value = body.path(required);
            if (!value.isTextual() || value.textValue().isBlank()) {
                issues.add(Issue.at("Required", required));
            }
        }
        if (body.path("session_id").asText().length() > RecordKey.MAX_SESSION_ID) {
            issues.add(Issue.at("Must have at most " + RecordKey.MAX_SESSION_ID + " characters", "session_id"));
        }
        for (String id : IDS) {
            if (Text.holdsNul(body.path(id).asText())) {
                issues.add(Issue.at(Text.NUL_REFUSED, id));
            }
        }
        if (!issues.isEmpty()) {
            throw new InvalidBodyException(issues);
        }
    }

    private static Label label(Incoming incoming, String session, Fields payload) {
        return incoming.agentLabel()
                .map(Label::explicit)
                .or(() -> payload.text("cwd", Text.PREVIEW)
                        .flatMap(cwd -> incoming.naming().label(CLIENT, cwd)))
                .orElseGet(() -> Label.session(CLIENT, session));
    }

    private static String id(HookEvent event, Incoming incoming) {
        Optional<String> toolUse = Optional.ofNullable(event.getToolUseId());
        Optional<String> prompt = Optional.ofNullable(event.getTraceId());
        Optional<String> naturalKey = switch (event.getKind()) {
            case TOOL_START -> toolUse.map(FactId::toolStart);
            case TOOL_END -> toolUse.map(FactId::toolEnd);
            case PROMPT -> prompt.map(FactId::prompt);
            case FAILED_TURN -> prompt.map(FactId::failedTurn);
            case MODEL_REQUEST, OTHER -> Optional.empty();
        };
        boolean isTold = prompt.isPresent() || toolUse.isPresent() || START.equals(event.getHookEvent());
        // Without any id, what is done again has the same bytes: then each sending is a fact.
        return naturalKey.orElseGet(() -> isTold ? FactId.content(incoming.body()) : FactId.own());
    }

    /** A subagent's result tells the usage of its last request only: no usage to count, but worth keeping. */
    private static ObjectNode rest(ObjectNode body, Fields payload) {
        ObjectNode rest = payload.rest();
        boolean subagent = SUBAGENT_TOOLS.stream().anyMatch(tool -> payload.matches("tool_name", tool));
        if (subagent && body.path("tool_response") instanceof ObjectNode result) {
            rest.set("tool_response", result.deepCopy().retain(SUBAGENT_RESULT));
        }
        return rest;
    }
}
