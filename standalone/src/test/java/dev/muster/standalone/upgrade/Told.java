/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A made-up session in the making, as a program tells of it with Voight's SDK; its clock goes on with what it does. */
final class Told {

    private final String agent;
    private final String session;
    private final List<ObjectNode> events = new ArrayList<>();
    private Instant now;
    private String trace = "";
    private int calls;

    Told(String agent, String session, Instant start) {
        this.agent = agent;
        this.session = session;
        this.now = start;
    }

    /** The bodies for {@code /v1/events}. */
    List<ObjectNode> events() {
        return events;
    }

    Told after(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    Told prompt(String id, String text) {
        trace = id;
        ObjectNode body = body("decision", "success").put("reasoning", text);
        body.putObject("input").put("prompt", text);
        metadata(body).put("tool", "claude-code").put("hookEvent", "UserPromptSubmit");
        return this;
    }

    /** A request of a program, not of an editor's prompt: its tokens count as they are. */
    Told request(String model, int input, int output, int cacheRead) {
        after(Duration.ofMillis(900 + 13L * output));
        ObjectNode body = body("reasoning", "success").put("model", model).put("durationMs", 900 + 13L * output);
        metadata(body)
                .putObject("tokensBreakdown")
                .put("inputBase", input)
                .put("cacheCreation", input / 3)
                .put("cacheRead", cacheRead)
                .put("output", output);
        return this;
    }

    Told failedRequest(String model, String error) {
        after(Duration.ofMillis(400));
        body("error", "failed").put("model", model).put("errorMessage", error).put("durationMs", 400);
        return this;
    }

    Told begin(String tool, String detail) {
        calls++;
        ObjectNode body = body("action", "pending").put("toolExecuted", tool);
        metadata(body).put("phase", "pre").putObject("detail").put("input", detail + " " + calls);
        return this;
    }

    Told end(String tool, String detail, long tookMs) {
        after(Duration.ofMillis(tookMs));
        ObjectNode body = body("action", "success").put("toolExecuted", tool).put("durationMs", tookMs);
        metadata(body).put("phase", "post").putObject("detail").put("input", detail + " " + calls);
        return this;
    }

    Told call(String tool, String detail, long tookMs) {
        return begin(tool, detail).end(tool, detail, tookMs);
    }

    Told failedCall(String tool, String detail, String error) {
        begin(tool, detail).after(Duration.ofMillis(70));
        ObjectNode body = body("error", "failed").put("toolExecuted", tool).put("durationMs", 70);
        body.put("errorMessage", error);
        metadata(body).put("phase", "post").putObject("detail").put("input", detail + " " + calls);
        return this;
    }

    Told denied(String tool, String detail, String type, String reason) {
        begin(tool, detail).after(Duration.ofSeconds(4));
        ObjectNode body = body("error", "failed").put("toolExecuted", tool).put("errorMessage", reason);
        ObjectNode metadata = metadata(body).put("phase", "post");
        metadata.putObject("detail").put("input", detail + " " + calls);
        metadata.putObject("denial").put("type", type).put("reason", reason).put("requestedTool", tool);
        return this;
    }

    Told transfer(String id, String token, double amount) {
        after(Duration.ofMillis(350));
        ObjectNode body = body("tx", "success").put("toolExecuted", "swap").put("transaction", id);
        body.put("durationMs", 350).putObject("amount").put("token", token).put("value", amount);
        return this;
    }

    Told answer(String text) {
        body("decision", "success").put("reasoning", text);
        return this;
    }

    private ObjectNode body(String type, String outcome) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("agentId", agent).put("timestamp", now.toEpochMilli());
        body.put("type", type).put("outcome", outcome);
        if (!trace.isEmpty()) {
            body.put("traceId", trace);
        }
        ObjectNode metadata =
                body.putObject("metadata").put("source", "fixture").put("dedupKey", session + "-" + events.size());
        if (!session.isEmpty()) {
            metadata.put("sessionId", session);
        }
        if (!trace.isEmpty()) {
            metadata.put("traceId", trace);
        }
        events.add(body);
        return body;
    }

    private static ObjectNode metadata(ObjectNode body) {
        return (ObjectNode) body.path("metadata");
    }
}
