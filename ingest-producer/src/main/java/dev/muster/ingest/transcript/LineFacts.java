/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.claudecode.Denials;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The facts that one line of a transcript tells: a prompt, tools' results, or a request with the tools that it calls. */
final class LineFacts {

    private static final String CLIENT = "claude-code";
    private static final String SYNTHETIC = "<synthetic>";
    private static final Set<String> USUAL = Set.of("normal", "standard");

    /** What the client itself writes as if the user had: no prompts. */
    private static final List<String> CLIENTS_OWN =
            List.of("[Request interrupted by user", "<local-command-", "<bash-", "Caveat: The messages below");

    private static final List<String> REJECTED =
            List.of("The user doesn't want to proceed", "The user doesn't want to take this action");

    private static final String FORBIDDEN = "has been denied";

    private final Incoming incoming;
    private final Fields line;
    private final JsonNode message;
    private final Messages messages;
    private final boolean subagent;
    private final boolean meta;

    /**
     * The facts of a line that {@link LineCheck} found nothing wrong with.
     *
     * @param messages what the lines beside it tell
     */
    LineFacts(Incoming incoming, ObjectNode line, Messages messages) {
        this.incoming = incoming;
        this.line = new Fields(line);
        this.message = line.path("message");
        this.messages = messages;
        subagent = line.path("isSidechain").asBoolean() || line.hasNonNull("agentId");
        meta = line.path("isMeta").asBoolean() || line.path("isCompactSummary").asBoolean();
    }

    List<HookEvent> events() {
        List<HookEvent> events = new ArrayList<>();
        if (line.says("type", "assistant")) {
            request().ifPresent(events::add);
            blocks("tool_use").forEach(block -> call(block).ifPresent(events::add));
            return events;
        }
        blocks("tool_result").forEach(block -> result(block).ifPresent(events::add));
        if (events.isEmpty()) {
            prompt().ifPresent(events::add);
        }
        return events;
    }

    /** A subagent's opening line is its parent's call, not a prompt. */
    private Optional<HookEvent> prompt() {
        String text = text(message.path("content"), "text");
        if (subagent || meta || text.isBlank() || CLIENTS_OWN.stream().anyMatch(text::startsWith)) {
            return Optional.empty();
        }
        Optional<String> id = line.id("promptId").or(() -> line.id("uuid"));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        HookEvent event = begin(FactKind.PROMPT, EventType.DECISION);
        event.setTraceId(id.get());
        event.setId(FactId.prompt(id.get()));
        event.setPrompt(Text.cut(text, Text.PREVIEW));
        return Optional.of(event);
    }

    private Optional<HookEvent> result(JsonNode block) {
        Optional<String> call = new Fields((ObjectNode) block).id("tool_use_id");
        if (call.isEmpty() || Text.holdsNul(call.get())) {
            return Optional.empty();
        }
        HookEvent event = begin(FactKind.TOOL_END, EventType.ACTION);
        line.id("promptId").ifPresent(event::setTraceId);
        event.setToolUseId(call.get());
        event.setId(FactId.toolEnd(call.get()));
        messages.tool(block.path("tool_use_id").asText())
                .map(name -> Text.cut(name, Text.NAME))
                .ifPresent(event::setToolName);
        event.setPhase(Phase.POST);
        event.setOutcome(Outcome.SUCCESS);
        String output = Text.cut(text(block.path("content"), "text"), Text.PREVIEW);
        if (!output.isBlank()) {
            event.setResponse(output);
        }
        if (block.path("is_error").asBoolean()) {
            fail(event, output);
        }
        return Optional.of(event);
    }

    private void fail(HookEvent event, String output) {
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
        event.setErrorMessage(output);
        Fields decision = new Fields(line.object("permissionDecision").orElseGet(Json::newObject));
        boolean rejected = decision.says("decision", "reject");
        if (rejected || REJECTED.stream().anyMatch(output::startsWith)) {
            event.setDenialType(
                    Denials.type(rejected ? decision.text("source", Text.NAME).orElse("") : ""));
            event.setDenialReason(output);
        } else if (output.startsWith("Permission to use ") && output.contains(FORBIDDEN)) {
            event.setDenialType(Denials.type("config"));
            event.setDenialReason(output);
        }
    }

    /** A request, or a part of its answer. What the client answers in the model's place is none, unless it failed. */
    private Optional<HookEvent> request() {
        boolean failed = line.flag("isApiErrorMessage").orElse(false);
        boolean synthetic = message.path("model").asText().equals(SYNTHETIC);
        if (synthetic && !failed) {
            return Optional.empty();
        }
        HookEvent event = begin(FactKind.MODEL_REQUEST, EventType.REASONING);
        line.id("requestId").ifPresent(event::setRequestId);
        String text = Text.cut(text(message.path("content"), "text"), Text.PREVIEW);
        if (failed) {
            event.setType(EventType.ERROR);
            event.setOutcome(Outcome.FAILED);
            event.setErrorMessage(text);
            line.count("apiErrorStatus")
                    .map(String::valueOf)
                    .or(() -> line.text("error", Text.NAME))
                    .ifPresent(event::setErrorType);
        } else {
            event.setOutcome(Outcome.SUCCESS);
            if (!text.isBlank()) {
                event.setResponse(text);
            }
            String thinking = Text.cut(text(message.path("content"), "thinking"), Text.PREVIEW);
            if (!thinking.isBlank()) {
                event.setReasoning(thinking);
            }
        }
        if (!synthetic) {
            usage(event);
        }
        event.setId(requestId(event));
        return Optional.of(event);
    }

    private void usage(HookEvent event) {
        if (message instanceof ObjectNode object) {
            new Fields(object).text("model", Text.NAME).ifPresent(event::setModel);
        }
        messages.usage(message).ifPresent(event::setTokens);
        for (String field : List.of("speed", "service_tier")) {
            String speed = message.path("usage").path(field).asText();
            if (event.getSpeed() == null && !speed.isBlank() && !speed.equals("null") && !USUAL.contains(speed)) {
                event.setSpeed(Text.cut(speed, Text.NAME));
            }
        }
    }

    private String requestId(HookEvent event) {
        Tokens tokens = event.getTokens();
        if (event.getRequestId() != null) {
            return FactId.request(event.getRequestId());
        }
        return tokens == null
                ? FactId.content(
                        line.id("uuid").orElseGet(() -> Json.canonical(message)).getBytes(UTF_8))
                : FactId.request(null, event.getModel(), tokens);
    }

    private Optional<HookEvent> call(JsonNode block) {
        Fields call = new Fields((ObjectNode) block);
        Optional<String> id = call.id("id");
        if (id.isEmpty() || Text.holdsNul(id.get())) {
            return Optional.empty();
        }
        HookEvent event = begin(FactKind.TOOL_START, EventType.ACTION);
        event.setToolUseId(id.get());
        event.setId(FactId.toolStart(id.get()));
        event.setPhase(Phase.PRE);
        event.setOutcome(Outcome.PENDING);
        call.text("name", Text.NAME).ifPresent(event::setToolName);
        call.value("input")
                .map(input -> Text.cut(Json.canonical(input), Text.PREVIEW))
                .ifPresent(event::setToolDetail);
        return Optional.of(event);
    }

    private HookEvent begin(FactKind kind, EventType type) {
        String session = line.id("sessionId").orElseThrow();
        HookEvent event = Events.begin(incoming, Source.TRANSCRIPT, label(session));
        event.setClient(CLIENT);
        event.setKind(kind);
        event.setType(type);
        event.setSessionId(session);
        event.setTimestamp(
                Instant.parse(line.text("timestamp", Text.NAME).orElseThrow()).toEpochMilli());
        line.text("cwd", Text.PREVIEW).ifPresent(event::setCwd);
        line.text("gitBranch", Text.NAME).ifPresent(branch -> event.setGit(new Git(null, branch, null, null)));
        line.id("agentId").ifPresent(event::setSubagentId);
        line.text("attributionAgent", Text.NAME)
                .filter(type2 -> event.getSubagentId() != null)
                .ifPresent(event::setSubagentType);
        line.text("version", Text.NAME)
                .flatMap(version -> Metadata.bounded(Json.newObject().put("version", version)))
                .ifPresent(event::setMetadata);
        return event;
    }

    private Label label(String session) {
        return incoming.agentLabel()
                .map(Label::explicit)
                .or(() -> line.text("cwd", Text.PREVIEW).flatMap(cwd -> Label.directory(CLIENT, cwd)))
                .orElseGet(() -> Label.session(CLIENT, session));
    }

    private List<JsonNode> blocks(String type) {
        List<JsonNode> blocks = new ArrayList<>();
        message.path("content").forEach(block -> {
            if (block.isObject() && block.path("type").asText().equals(type)) {
                blocks.add(block);
            }
        });
        return blocks;
    }

    /** A content's text: itself, or that of its blocks of a type, a line each. */
    private static String text(JsonNode content, String type) {
        if (content.isTextual()) {
            return type.equals("text") ? content.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> {
            if (block.path("type").asText().equals(type) && block.path(type).isTextual()) {
                text.append(text.length() == 0 ? "" : "\n")
                        .append(block.path(type).textValue());
            }
        });
        return text.toString();
    }
}
