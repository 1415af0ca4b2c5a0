/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.standalone.demo.Session.Moment;

/** Tells of a session as Claude Code's hooks do, whose payloads know neither the time nor the tokens. */
final class HookBodies {

    private HookBodies() {}

    /** The hook of an act; what hooks do not tell of comes from a program beside them. */
    static Post of(Session session, Moment moment) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("session_id", session.id());
        body.put("cwd", session.agent().directory());
        body.put("prompt_id", moment.trace());
        body.put("permission_mode", "default");
        Act act = moment.act();
        if (act instanceof Act.Prompt prompt) {
            body.put("hook_event_name", "UserPromptSubmit").put("prompt", prompt.text());
        } else if (act instanceof Act.ToolStart start) {
            call(start.call(), body).put("hook_event_name", "PreToolUse");
        } else if (act instanceof Act.ToolEnd end) {
            end(end, call(end.call(), body));
        } else if (act instanceof Act.TurnEnd turnEnd) {
            body.put("hook_event_name", "Stop").put("last_assistant_message", turnEnd.answer());
        } else if (act instanceof Act.TurnFailure failure) {
            body.put("hook_event_name", "StopFailure").put("error", failure.error());
        } else {
            return EventBodies.of(session, moment);
        }
        return new Post(moment.at(), Post.HOOKS, body);
    }

    private static ObjectNode call(Act.Call call, ObjectNode body) {
        body.put("tool_name", call.tool()).put("tool_use_id", call.id());
        body.putObject("tool_input").put(call.argument(), call.value());
        return body;
    }

    private static void end(Act.ToolEnd end, ObjectNode body) {
        switch (end.result()) {
            case DONE -> {
                body.put("hook_event_name", "PostToolUse");
                body.put("duration_ms", end.took().toMillis());
                body.putObject("tool_response").put("stdout", "ok");
            }
            case FAILED -> {
                body.put("hook_event_name", "PostToolUseFailure").put("error", "Exit code 1");
                body.put("duration_ms", end.took().toMillis());
            }
            case DENIED -> body.put("hook_event_name", "PermissionDenied").put("reason", "The user does not want that");
        }
    }
}
