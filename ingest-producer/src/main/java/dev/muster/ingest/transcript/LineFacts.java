/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts that one line of a transcript tells: a prompt, tools' results, a request with the tools that it calls, or that the
 * conversation was made shorter.
 */
final class LineFacts {

    private LineFacts() {}

    /** A line with a tool's result is no prompt, whatever else it says. */
    static List<HookEvent> of(CheckedLine line) {
        List<HookEvent> events = new ArrayList<>();
        if (Prompts.isQueued(line.json())) {
            Prompts.queued(line).ifPresent(events::add);
            return events;
        }
        if (Compactions.isOne(line.json())) {
            events.add(Compactions.of(line));
            return events;
        }
        if (line.fields().matches("type", "assistant")) {
            Requests.request(line).ifPresent(events::add);
            line.content()
                    .blocks("tool_use")
                    .forEach(block -> ToolCalls.start(line, block).ifPresent(events::add));
            return events;
        }
        line.content()
                .blocks("tool_result")
                .forEach(block -> ToolCalls.end(line, block).ifPresent(events::add));
        if (events.isEmpty()) {
            Prompts.prompt(line).ifPresent(events::add);
        }
        return events;
    }
}
