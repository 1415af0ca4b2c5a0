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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One coding agent's session without end, in time order, as hooks and telemetry tell it: a prompt, a few model requests
 * with tool calls between them, the turn's end. Of a hundred tool calls four fail and one is denied; of a hundred model
 * requests one fails, of a hundred turns two. A quarter of the turns does not say which prompt it belongs to.
 */
final class SessionScript {

    static final String ACCOUNT = "bench";

    private static final int AGENTS = 40;
    private static final int MOST_REQUESTS = 6;
    private static final int MOST_CALLS = 2;
    private static final int STEP_MS = 300;
    private static final int PAUSE_MS = 5_000;
    private static final int BREAK_MS = 35 * 60_000;
    private static final int TURNS_A_BREAK = 400;
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "Grep", "Write", "Glob", "WebFetch");
    private static final List<String> MODELS = List.of("claude-sonnet-4-5", "claude-opus-4-1", "claude-haiku-4-5");
    private static final String WORDS =
            "find out why the build fails on the second machine and mend it please, then run "
                    + "the tests again and tell me what you changed";

    private final SplittableRandom random;
    private final String sessionId;
    private final String label;
    private final String agentId;
    private final String cwd;
    private final String model;
    private final Deque<HookEvent> turn = new ArrayDeque<>();
    private long time;

    SessionScript(int number, long began, SplittableRandom random) {
        this.random = random;
        time = began;
        sessionId = uuid();
        cwd = "/home/dev/app-" + number % AGENTS;
        label = "claude-code:app-" + number % AGENTS;
        agentId = AgentId.of(ACCOUNT, label);
        model = MODELS.get(random.nextInt(MODELS.size()));
    }

    HookEvent next() {
        if (turn.isEmpty()) {
            playTurn();
        }
        return turn.remove();
    }

    private void playTurn() {
        time += random.nextInt(TURNS_A_BREAK) == 0 ? BREAK_MS : random.nextInt(PAUSE_MS);
        String prompt = uuid();
        String trace = random.nextInt(4) == 0 ? null : prompt;
        turn.add(prompt(prompt, trace));
        for (int left = random.nextInt(MOST_REQUESTS); left >= 0; left--) {
            turn.add(request(trace));
            for (int calls = left == 0 ? 0 : random.nextInt(MOST_CALLS + 1); calls > 0; calls--) {
                playCall(trace);
            }
        }
        turn.add(random.nextInt(100) < 2 ? failedTurn(prompt, trace) : stop(prompt, trace));
    }

    private HookEvent prompt(String prompt, @Nullable String trace) {
        return event(FactId.prompt(prompt), FactKind.PROMPT, trace)
                .setHookEvent("UserPromptSubmit")
                .setPrompt(WORDS.substring(0, 20 + random.nextInt(60)))
                .build();
    }

    private HookEvent request(@Nullable String trace) {
        String request = "req_" + letters(24);
        boolean failed = random.nextInt(100) == 0;
        HookEvent.Builder event = event(FactId.request(request), FactKind.MODEL_REQUEST, trace)
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

    private void playCall(@Nullable String trace) {
        String use = "toolu_" + letters(24);
        String tool = TOOLS.get(random.nextInt(TOOLS.size()));
        String detail = "{\"path\":\"src/" + letters(8) + ".java\"}";
        turn.add(call(FactId.toolStart(use), FactKind.TOOL_START, trace, use, tool, detail)
                .setHookEvent("PreToolUse")
                .setPhase(Phase.PRE)
                .setOutcome(Outcome.PENDING)
                .build());
        int luck = random.nextInt(100);
        HookEvent.Builder end = call(FactId.toolEnd(use), FactKind.TOOL_END, trace, use, tool, detail)
                .setPhase(Phase.POST)
                .setOutcome(luck < 5 ? Outcome.FAILED : Outcome.SUCCESS)
                .setHookEvent(luck < 1 ? "PermissionDenied" : luck < 5 ? "PostToolUseFailure" : "PostToolUse");
        if (luck < 1) {
            end.setDenialType("user_rejected").setDenialReason("The user said no.");
        } else {
            end.setDurationMs(5L + random.nextInt(1 + random.nextInt(4_000)));
        }
        if (luck >= 1 && luck < 5) {
            end.setErrorMessage("exit code 1");
        }
        turn.add(end.build());
    }

    private HookEvent.Builder call(
            String id, FactKind kind, @Nullable String trace, String use, String tool, String detail) {
        return event(id, kind, trace)
                .setType(EventType.TOOL)
                .setToolName(tool)
                .setToolUseId(use)
                .setToolDetail(detail);
    }

    private HookEvent failedTurn(String prompt, @Nullable String trace) {
        return event(FactId.failedTurn(prompt), FactKind.FAILED_TURN, trace)
                .setHookEvent("StopFailure")
                .setType(EventType.ERROR)
                .setOutcome(Outcome.FAILED)
                .setErrorType("rate_limit")
                .setErrorMessage("The limit of requests is reached.")
                .build();
    }

    private HookEvent stop(String prompt, @Nullable String trace) {
        return event(FactId.dedupKey("stop-" + prompt), FactKind.OTHER, trace)
                .setHookEvent("Stop")
                .setResponse(WORDS.substring(0, 20 + random.nextInt(60)))
                .build();
    }

    private HookEvent.Builder event(String id, FactKind kind, @Nullable String trace) {
        time += random.nextInt(STEP_MS);
        return HookEvents.newBuilder()
                .setId(id)
                .setAccount(ACCOUNT)
                .setAgentId(agentId)
                .setAgentLabel(label)
                .setAgentLabelRank(LabelRank.DIRECTORY)
                .setSessionId(sessionId)
                .setTraceId(trace)
                .setKind(kind)
                .setSource(Source.HOOK)
                .setClient("claude-code")
                .setTimestamp(time)
                .setReceivedAt(time + 3)
                .setCwd(cwd);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String letters(int count) {
        char[] letters = new char[count];
        for (int i = 0; i < count; i++) {
            letters[i] = Character.forDigit(random.nextInt(36), 36);
        }
        return new String(letters);
    }
}
