/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.claudecode.Denials;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import java.util.List;
import java.util.Optional;

/** The start and the end of a tool call: the model's block that asks for it, and the block with its result. */
final class ToolCalls {

    private static final List<String> REJECTED =
            List.of("The user doesn't want to proceed", "The user doesn't want to take this action");

    private static final String PERMISSION = "Permission to use ";
    private static final String FORBIDDEN = "has been denied";

    private ToolCalls() {}

    /** The start; none without the call's id. */
    static Optional<HookEvent> start(CheckedLine line, ObjectNode block) {
        Fields fields = line.fields();
        Fields call = fields.along(block);
        return call.id("id").map(id -> {
            HookEvent event = line.begin(fields, FactKind.TOOL_START, EventType.ACTION);
            event.setToolUseId(id);
            event.setId(FactId.toolStart(id));
            event.setPhase(Phase.PRE);
            event.setOutcome(Outcome.PENDING);
            call.text("name", Text.NAME).ifPresent(event::setToolName);
            call.json("input", Text.PREVIEW).ifPresent(event::setToolDetail);
            line.incoming().fingerprints().setInput(event, block.path("input"));
            return line.end(event, fields);
        });
    }

    /** The end; none without the call's id. */
    static Optional<HookEvent> end(CheckedLine line, ObjectNode block) {
        Fields fields = line.fields();
        Fields result = fields.along(block);
        return result.id("tool_use_id").map(id -> {
            HookEvent event = line.begin(fields, FactKind.TOOL_END, EventType.ACTION);
            event.setToolUseId(id);
            event.setId(FactId.toolEnd(id));
            event.setPhase(Phase.POST);
            event.setOutcome(Outcome.SUCCESS);
            line.messages().tool(line.json(), id).ifPresent(event::setToolName);
            Optional<String> output = new Content(block.path("content")).text(Content.TEXT, fields);
            output.ifPresent(event::setResponse);
            event.setInterrupted(
                    line.json().path("toolUseResult").path("interrupted").asBoolean());
            if (result.flag("is_error").orElse(false)) {
                fail(event, fields, output.orElse(""));
            }
            event.setOutcomeFingerprint(
                    line.incoming().fingerprints().outcome(event.getOutcome(), block.path("content")));
            return line.end(event, fields);
        });
    }

    private static void fail(HookEvent event, Fields line, String output) {
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
        event.setErrorMessage(output.isEmpty() ? null : output);
        decidedBy(line, output).ifPresent(source -> {
            event.setDenialType(Denials.type(source));
            event.setDenialReason(event.getErrorMessage());
        });
    }

    /** Who decided that the call may not run; empty if it ran. Older clients tell it by the result's words alone. */
    private static Optional<String> decidedBy(Fields line, String output) {
        Fields decision = new Fields(line.object("permissionDecision").orElseGet(SourceJson::newObject));
        if (decision.matches("decision", "reject")) {
            return Optional.of(decision.text("source", Text.NAME).orElse(Denials.BY_USER));
        }
        if (REJECTED.stream().anyMatch(output::startsWith)) {
            return Optional.of(Denials.BY_USER);
        }
        return output.startsWith(PERMISSION) && output.contains(FORBIDDEN)
                ? Optional.of(Denials.BY_RULE)
                : Optional.empty();
    }
}
