/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.standalone.demo.Act.Result;
import dev.muster.standalone.demo.Session.Moment;

/** Tells of a session as a program does that uses Voight's SDK: with times of its own, tokens and models. */
final class EventBodies {

    private EventBodies() {}

    static Post of(Session session, Moment moment) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("agentId", session.agent().label());
        body.put("timestamp", moment.at().toEpochMilli());
        body.put("traceId", moment.trace());
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("source", "muster-demo");
        metadata.put("sessionId", session.id());
        metadata.put("traceId", moment.trace());
        put(moment.act(), body, metadata);
        if (moment.act() instanceof Act.Prompt && session.agent().trade() == Agent.Trade.CODING) {
            // Only an editor's prompt is one; what a program says of its input is not.
            metadata.put("tool", "claude-code").put("hookEvent", "UserPromptSubmit");
        }
        return new Post(moment.at(), Post.EVENTS, body);
    }

    private static void put(Act act, ObjectNode body, ObjectNode metadata) {
        if (act instanceof Act.Prompt prompt) {
            body.put("type", "decision").put("outcome", "success").put("reasoning", prompt.text());
            body.putObject("input").put("prompt", prompt.text());
        } else if (act instanceof Act.Request request) {
            body.put("type", "reasoning").put("outcome", "success").put("model", request.model());
            body.put("durationMs", request.took().toMillis());
            metadata.putObject("tokensBreakdown")
                    .put("inputBase", request.usage().input())
                    .put("cacheCreation", request.usage().cacheWrite())
                    .put("cacheRead", request.usage().cacheRead())
                    .put("output", request.usage().output());
        } else if (act instanceof Act.ToolStart start) {
            call(start.call(), "pre", body, metadata).put("type", "action").put("outcome", "pending");
        } else if (act instanceof Act.ToolEnd end) {
            call(end.call(), "post", body, metadata)
                    .put("durationMs", end.took().toMillis());
            end(end, body, metadata);
        } else if (act instanceof Act.Transfer transfer) {
            body.put("type", "tx").put("outcome", "success").put("toolExecuted", "swap");
            body.put("transaction", transfer.id())
                    .put("durationMs", transfer.took().toMillis());
            body.putObject("amount").put("token", transfer.token()).put("value", transfer.amount());
        } else if (act instanceof Act.TurnEnd turnEnd) {
            body.put("type", "decision").put("outcome", "success").put("reasoning", turnEnd.answer());
        } else if (act instanceof Act.TurnFailure failure) {
            body.put("type", "error").put("outcome", "failed").put("errorMessage", failure.error());
        }
    }

    private static ObjectNode call(Act.Call call, String phase, ObjectNode body, ObjectNode metadata) {
        metadata.put("phase", phase).putObject("detail").put(call.argument(), call.value());
        return body.put("toolExecuted", call.tool());
    }

    private static void end(Act.ToolEnd end, ObjectNode body, ObjectNode metadata) {
        if (end.result() == Result.DONE) {
            body.put("type", "action").put("outcome", "success");
            return;
        }
        body.put("type", "error").put("outcome", "failed");
        if (end.result() == Result.DENIED) {
            body.put("errorMessage", "The user does not want that");
            metadata.putObject("denial")
                    .put("type", "user_rejected")
                    .put("reason", "The user does not want that")
                    .put("requestedTool", end.call().tool());
        } else {
            body.put("errorMessage", "Exit code 1");
        }
    }
}
