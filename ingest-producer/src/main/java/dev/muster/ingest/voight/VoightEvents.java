/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Events;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Fingerprints;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.Place;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.Amount;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Maps a body of {@code POST /v1/events} to its one event. {@code agentId} names the agent, and is required unless the
 * sender's key or a header does; null stands for absent everywhere; an outcome that is not told stays unknown.
 */
public final class VoightEvents implements EventSource {

    /** Who tells when a call began: its spans have that time, and all others' events the end's. */
    private static final String TIMED_BY_START = "bitfrost";

    private static final String SYNTHETIC = "<synthetic>";

    @Override
    public String name() {
        return "voight";
    }

    @Override
    public MappedBody read(Incoming incoming) throws InvalidBodyException {
        ObjectNode body = SourceJson.object(incoming.body());
        VoightSchema.check(body, incoming.agentLabel().isEmpty());
        Fields top = new Fields(body);
        Fields metadata = top.along(top.object("metadata").orElseGet(SourceJson::newObject));
        HookEvent event = Events.begin(incoming, Source.SDK, label(incoming, top, metadata));
        describe(event, top, metadata);
        describeText(event, top, metadata);
        describeModel(event, body, top, metadata);
        describeTool(event, top, metadata);
        event.setId(id(event, incoming, top, metadata));
        describePlace(event, metadata);
        fingerprint(event, body.path("metadata"), incoming.fingerprints());
        Metadata.bounded(rest(event, top, metadata)).ifPresent(event::setMetadata);
        return MappedBody.of(event);
    }

    /** An agent id names an agent badly: where the directory's label has that very id, it is what was meant. */
    private static Label label(Incoming incoming, Fields top, Fields metadata) {
        String account = incoming.account();
        String agentId = top.text("agentId", Label.MAX_LENGTH)
                .or(incoming::agentLabel)
                .orElseThrow()
                .strip();
        return metadata.text("cwd", Text.PREVIEW)
                .filter(cwd -> AgentId.isId(agentId))
                .flatMap(cwd -> Label.directory(metadata.text("tool", Text.NAME).orElse("claude-code"), cwd))
                .filter(label -> AgentId.of(account, label.text()).equals(agentId))
                .map(label -> Label.explicit(label.text()))
                .orElseGet(() -> Label.explicit(agentId));
    }

    private static void describe(HookEvent event, Fields top, Fields metadata) {
        top.value("timestamp").ifPresent(value -> event.setTimestamp(millis(value)));
        constant(EventType.class, top.text("type", Text.NAME)).ifPresent(event::setType);
        constant(Outcome.class, top.text("outcome", Text.NAME)).ifPresent(event::setOutcome);
        metadata.id("sessionId").ifPresent(event::setSessionId);
        metadata.id("traceId").or(() -> top.id("traceId")).ifPresent(event::setTraceId);
        metadata.text("hookEvent", Text.NAME).ifPresent(event::setHookEvent);
        Optional<String> tool = metadata.text("tool", Text.NAME);
        tool.or(() -> metadata.text("source", Text.NAME)).ifPresent(event::setClient);
        event.setEditor(tool.filter(VoightKind::isEditor).isPresent());
        top.count("durationMs").ifPresent(event::setDurationMs);
        if (metadata.matches("source", TIMED_BY_START) && event.getDurationMs() != null) {
            event.setTimestamp(event.getTimestamp() + event.getDurationMs());
        }
        top.id("transaction").ifPresent(event::setTransaction);
        top.object("amount")
                .map(amount -> new Amount(
                        Text.cut(amount.path("token").asText(), Text.NAME),
                        amount.path("value").doubleValue()))
                .ifPresent(event::setAmount);
    }

    private static void describeText(HookEvent event, Fields top, Fields metadata) {
        top.text("errorMessage", Text.PREVIEW).ifPresent(event::setErrorMessage);
        top.text("reasoning", Text.PREVIEW).ifPresent(event::setReasoning);
        top.object("input")
                .flatMap(input -> top.along(input).text("prompt", Text.PREVIEW))
                .ifPresent(event::setPrompt);
        metadata.text("responseText", Text.PREVIEW)
                .or(() -> metadata.text("response_preview", Text.PREVIEW))
                .ifPresent(event::setResponse);
    }

    private static void describeModel(HookEvent event, ObjectNode body, Fields top, Fields metadata) {
        Optional<String> copy = metadata.text("model", Text.NAME);
        Optional<String> model = top.text("model", Text.NAME).or(() -> copy);
        if (model.filter(SYNTHETIC::equals).isEmpty()) {
            model.ifPresent(event::setModel);
            Usage.of(body).ifPresent(event::setTokens);
        }
    }

    private static void describeTool(HookEvent event, Fields top, Fields metadata) {
        top.text("toolExecuted", Text.NAME).ifPresent(event::setToolName);
        constant(Phase.class, metadata.text("phase", Text.NAME)).ifPresent(event::setPhase);
        metadata.id("toolUseId").ifPresent(event::setToolUseId);
        metadata.json("detail", Text.PREVIEW).ifPresent(event::setToolDetail);
        metadata.object("denial").map(metadata::along).ifPresent(denial -> {
            event.setDenialType(denial.text("type", Text.NAME).orElse("unknown"));
            denial.text("reason", Text.PREVIEW).ifPresent(event::setDenialReason);
        });
        event.setInterrupted(isInterrupted(event, metadata));
        event.setKind(VoightKind.of(event, metadata));
        if (event.getKind() == FactKind.MODEL_REQUEST) {
            event.setToolName(null);
        }
    }

    /** An editor's stop that the user brought about is told as aborted; a tool's failure as Claude Code's hook tells it. */
    private static boolean isInterrupted(HookEvent event, Fields metadata) {
        return event.getOutcome() == Outcome.FAILED
                && (metadata.matches("status", "aborted")
                        || metadata.matches("is_interrupt", "true")
                        || metadata.matches("isInterrupt", "true"));
    }

    private static void describePlace(HookEvent event, Fields metadata) {
        metadata.text("cwd", Text.PREVIEW).ifPresent(event::setCwd);
        metadata.text("repo", Text.PREVIEW).flatMap(Place::repository).ifPresent(event::setRepo);
        metadata.text("branch", Text.PREVIEW).flatMap(Place::branch).ifPresent(event::setBranch);
        metadata.text("host", Text.NAME)
                .or(() -> metadata.text("hostname", Text.NAME))
                .ifPresent(event::setHost);
        metadata.text("user", Text.NAME)
                .or(() -> metadata.text("userId", Text.NAME))
                .ifPresent(event::setUser);
        metadata.object("git")
                .map(metadata::along)
                .map(git -> new Git(
                        git.text("sha", Text.NAME).orElse(null),
                        git.text("branch", Text.NAME).orElse(null),
                        git.text("remote", Text.NAME).orElse(null),
                        git.flag("dirty").orElse(null)))
                .ifPresent(event::setGit);
    }

    private static void fingerprint(HookEvent event, JsonNode metadata, Fingerprints fingerprints) {
        if (event.getKind() == FactKind.TOOL_START || event.getKind() == FactKind.TOOL_END) {
            fingerprints.setInput(event, metadata.path("detail"));
        }
        if (event.getKind() == FactKind.TOOL_END) {
            Optional.ofNullable(event.getErrorMessage())
                    .or(() -> Optional.ofNullable(event.getResponse()))
                    .ifPresent(said -> fingerprints.setOutcome(event, TextNode.valueOf(said)));
        }
    }

    private static String id(HookEvent event, Incoming incoming, Fields top, Fields metadata) {
        Optional<String> toolUse = Optional.ofNullable(event.getToolUseId());
        Optional<String> naturalKey = switch (event.getKind()) {
            case TOOL_START -> toolUse.map(FactId::toolStart);
            case TOOL_END -> toolUse.map(FactId::toolEnd);
            case PROMPT, MODEL_REQUEST, FAILED_TURN, OTHER -> Optional.empty();
        };
        return naturalKey
                .or(() -> metadata.id("dedupKey").map(FactId::dedupKey))
                .orElseGet(() -> top.value("timestamp").isPresent() ? FactId.content(incoming.body()) : FactId.own());
    }

    /** The metadata that have no field of their own, and what the top level tells beyond the event's fields. */
    private static ObjectNode rest(HookEvent event, Fields top, Fields metadata) {
        ObjectNode rest = metadata.drop("tokens", "tokensBreakdown").rest();
        top.object("input")
                .map(input -> new Fields(input).drop("prompt").rest())
                .filter(input -> !input.isEmpty())
                .ifPresent(input -> rest.putIfAbsent("input", input));
        top.value("toolsConsidered").ifPresent(tools -> rest.putIfAbsent("toolsConsidered", tools));
        if (event.getKind() == FactKind.MODEL_REQUEST) {
            top.value("toolExecuted").ifPresent(tool -> rest.putIfAbsent("toolExecuted", tool));
        }
        return rest;
    }

    private static long millis(JsonNode timestamp) {
        return timestamp.isNumber()
                ? (long) Math.floor(timestamp.doubleValue())
                : Instant.parse(timestamp.textValue()).toEpochMilli();
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, Optional<String> name) {
        return name.flatMap(text -> Stream.of(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst());
    }
}
