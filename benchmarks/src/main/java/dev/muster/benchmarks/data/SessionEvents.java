/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the events of one session as hooks and telemetry tell them: what happens and when is told by who asks. */
final class SessionEvents {

    static final String ACCOUNT = "bench";

    private final String sessionId;
    private final Agent agent;
    private final SplittableRandom random;

    /** A coding agent, one for each directory. */
    record Agent(String cwd, String label, String id) {

        static Agent of(int number) {
            String label = "claude-code:app-" + number;
            return new Agent("/home/dev/app-" + number, label, AgentId.of(ACCOUNT, label));
        }
    }

    /**
     * When something happens.
     *
     * @param time epoch milliseconds
     * @param trace the trace that it is sent with
     */
    record Moment(long time, @Nullable String trace) {}

    /** A tool call. */
    record Call(String use, String tool, String detail) {}

    /** How a tool call ends. */
    enum End {
        DONE,
        FAILED,
        DENIED
    }

    /** Makes events whose sizes are drawn. */
    SessionEvents(String sessionId, Agent agent, SplittableRandom random) {
        this.sessionId = sessionId;
        this.agent = agent;
        this.random = random;
    }

    /** An id that no other has. */
    static String uuid(SplittableRandom random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String letters(SplittableRandom random, int count) {
        char[] letters = new char[count];
        for (int i = 0; i < count; i++) {
            letters[i] = Character.forDigit(random.nextInt(36), 36);
        }
        return new String(letters);
    }

    /** A request's id. */
    static String requestId(SplittableRandom random) {
        return "req_" + letters(random, 24);
    }

    /** A call of one of some tools. */
    static Call call(List<String> tools, SplittableRandom random) {
        return new Call(
                "toolu_" + letters(random, 24),
                tools.get(random.nextInt(tools.size())),
                "{\"path\":\"src/" + letters(random, 8) + ".java\"}");
    }

    HookEvent prompt(Moment at, String prompt, String text) {
        return event(FactId.prompt(prompt), FactKind.PROMPT, at)
                .setHookEvent("UserPromptSubmit")
                .setPrompt(text)
                .build();
    }

    HookEvent request(Moment at, String model, String request, boolean failed) {
        HookEvent.Builder event = event(FactId.request(request), FactKind.MODEL_REQUEST, at)
                .setSource(Source.OTLP_LOG)
                .setHookEvent(failed ? "api_error" : "api_request")
                .setType(EventType.ACTION)
                .setModel(model)
                .setRequestId(request)
                .setDurationMs(400L + random.nextInt(9_000))
                .setOutcome(failed ? Outcome.FAILED : Outcome.SUCCESS);
        if (failed) {
            return event.setErrorType("overloaded_error")
                    .setErrorMessage("The server is overloaded.")
                    .build();
        }
        return event.setTokens(Tokens.newBuilder()
                        .setInput(random.nextInt(2_000))
                        .setOutput(random.nextInt(1_500))
                        .setCacheRead(random.nextInt(100_000))
                        .setCacheWrite5m(random.nextInt(5_000))
                        .setCacheWrite1h(0)
                        .build())
                .setReportedCostPicoUsd(random.nextLong(90_000_000_000L))
                .build();
    }

    HookEvent start(Moment at, Call begun) {
        return ofCall(FactId.toolStart(begun.use), FactKind.TOOL_START, at, begun)
                .setHookEvent("PreToolUse")
                .setPhase(Phase.PRE)
                .setOutcome(Outcome.PENDING)
                .build();
    }

    HookEvent end(Moment at, Call ended, End how) {
        HookEvent.Builder end = ofCall(FactId.toolEnd(ended.use), FactKind.TOOL_END, at, ended)
                .setPhase(Phase.POST)
                .setOutcome(how == End.DONE ? Outcome.SUCCESS : Outcome.FAILED);
        switch (how) {
            case DONE -> end.setHookEvent("PostToolUse");
            case FAILED -> end.setHookEvent("PostToolUseFailure").setErrorMessage("exit code 1");
            case DENIED ->
                end.setHookEvent("PermissionDenied")
                        .setDenialType("user_rejected")
                        .setDenialReason("The user said no.");
        }
        if (how != End.DENIED) {
            end.setDurationMs(5L + random.nextInt(1 + random.nextInt(4_000)));
        }
        return end.build();
    }

    private HookEvent.Builder ofCall(String id, FactKind kind, Moment at, Call of) {
        return event(id, kind, at)
                .setType(EventType.TOOL)
                .setToolName(of.tool)
                .setToolUseId(of.use)
                .setToolDetail(of.detail);
    }

    HookEvent failedTurn(Moment at, String prompt) {
        return event(FactId.failedTurn(prompt), FactKind.FAILED_TURN, at)
                .setHookEvent("StopFailure")
                .setType(EventType.ERROR)
                .setOutcome(Outcome.FAILED)
                .setErrorType("rate_limit")
                .setErrorMessage("The limit of requests is reached.")
                .build();
    }

    HookEvent stop(Moment at, String prompt, String response) {
        return event(FactId.dedupKey("stop-" + prompt), FactKind.OTHER, at)
                .setHookEvent("Stop")
                .setResponse(response)
                .build();
    }

    private HookEvent.Builder event(String id, FactKind kind, Moment at) {
        return HookEvents.newBuilder()
                .setId(id)
                .setAccount(ACCOUNT)
                .setAgentId(agent.id)
                .setAgentLabel(agent.label)
                .setAgentLabelRank(LabelRank.DIRECTORY)
                .setSessionId(sessionId)
                .setTraceId(at.trace)
                .setKind(kind)
                .setSource(Source.HOOK)
                .setClient("claude-code")
                .setTimestamp(at.time)
                .setReceivedAt(at.time + 3)
                .setCwd(agent.cwd);
    }
}
