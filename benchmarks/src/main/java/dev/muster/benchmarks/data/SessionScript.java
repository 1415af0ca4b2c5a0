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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One coding agent's session without end, in time order, as hooks and telemetry tell it: a prompt, a few model requests
 * with tool calls between them, the turn's end. Of a hundred tool calls four fail and one is denied; of a hundred model
 * requests one fails, of a hundred turns two. A quarter of the turns does not say which prompt it belongs to.
 */
final class SessionScript {

    static final String ACCOUNT = "bench";

    private static final int MAX_REQUESTS = 6;
    private static final int MAX_CALLS = 2;
    private static final int STEP_MS = 1_500;
    private static final int PAUSE_MS = 10_000;
    private static final int BREAK_MS = 35 * 60_000;
    private static final int TURNS_A_BREAK = 800;
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "Grep", "Write", "Glob", "WebFetch");
    private static final List<String> MODELS = List.of("claude-sonnet-4-5", "claude-opus-4-1", "claude-haiku-4-5");
    private static final String WORDS =
            "find out why the build fails on the second machine and mend it please, then run "
                    + "the tests again and tell me what you changed";
    private static final List<Agent> AGENTS =
            IntStream.range(0, 40).mapToObj(Agent::of).toList();

    private record Agent(String cwd, String label, String id) {

        static Agent of(int number) {
            String label = "claude-code:app-" + number;
            return new Agent("/home/dev/app-" + number, label, AgentId.of(ACCOUNT, label));
        }
    }

    private record Turn(String prompt, @Nullable String trace) {}

    private record Call(String use, String tool, String detail) {}

    private final SplittableRandom random;
    private final boolean turns;
    private final String sessionId;
    private final Agent agent;
    private final String model;
    private @Nullable Turn turn;
    private @Nullable Call call;
    private int requests;
    private int calls;
    private long time;

    /**
     * Begins a session.
     *
     * @param number chooses the agent
     * @param began the first event's time
     * @param turns whether turns end
     */
    SessionScript(int number, long began, boolean turns, SplittableRandom random) {
        this.random = random;
        this.turns = turns;
        time = began;
        sessionId = uuid();
        agent = AGENTS.get(number % AGENTS.size());
        model = MODELS.get(random.nextInt(MODELS.size()));
    }

    /** When the next event happens. */
    long time() {
        return time;
    }

    HookEvent next() {
        HookEvent event = step();
        if (turn != null) {
            time += random.nextInt(STEP_MS);
        } else {
            time += random.nextInt(TURNS_A_BREAK) == 0 ? BREAK_MS : random.nextInt(PAUSE_MS);
        }
        return event;
    }

    private HookEvent step() {
        Turn now = turn;
        if (now == null) {
            return begin();
        }
        Call open = call;
        if (open != null) {
            call = null;
            return end(open, now.trace);
        }
        if (calls > 0) {
            calls--;
            return start(now.trace);
        }
        if (requests > 0) {
            requests--;
            calls = requests == 0 ? 0 : random.nextInt(MAX_CALLS + 1);
            return request(now.trace);
        }
        turn = null;
        return random.nextInt(100) < 2 ? failedTurn(now) : stop(now);
    }

    private HookEvent begin() {
        String prompt = uuid();
        Turn begun = new Turn(prompt, turns && random.nextInt(4) == 0 ? null : prompt);
        turn = begun;
        requests = turns ? 1 + random.nextInt(MAX_REQUESTS) : Integer.MAX_VALUE;
        return event(FactId.prompt(prompt), FactKind.PROMPT, begun.trace)
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

    private HookEvent start(@Nullable String trace) {
        Call begun = new Call(
                "toolu_" + letters(24),
                TOOLS.get(random.nextInt(TOOLS.size())),
                "{\"path\":\"src/" + letters(8) + ".java\"}");
        call = begun;
        return ofCall(FactId.toolStart(begun.use), FactKind.TOOL_START, trace, begun)
                .setHookEvent("PreToolUse")
                .setPhase(Phase.PRE)
                .setOutcome(Outcome.PENDING)
                .build();
    }

    private HookEvent end(Call ended, @Nullable String trace) {
        int luck = random.nextInt(100);
        HookEvent.Builder end = ofCall(FactId.toolEnd(ended.use), FactKind.TOOL_END, trace, ended)
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
        return end.build();
    }

    private HookEvent.Builder ofCall(String id, FactKind kind, @Nullable String trace, Call of) {
        return event(id, kind, trace)
                .setType(EventType.TOOL)
                .setToolName(of.tool)
                .setToolUseId(of.use)
                .setToolDetail(of.detail);
    }

    private HookEvent failedTurn(Turn of) {
        return event(FactId.failedTurn(of.prompt), FactKind.FAILED_TURN, of.trace)
                .setHookEvent("StopFailure")
                .setType(EventType.ERROR)
                .setOutcome(Outcome.FAILED)
                .setErrorType("rate_limit")
                .setErrorMessage("The limit of requests is reached.")
                .build();
    }

    private HookEvent stop(Turn of) {
        return event(FactId.dedupKey("stop-" + of.prompt), FactKind.OTHER, of.trace)
                .setHookEvent("Stop")
                .setResponse(WORDS.substring(0, 20 + random.nextInt(60)))
                .build();
    }

    private HookEvent.Builder event(String id, FactKind kind, @Nullable String trace) {
        return HookEvents.newBuilder()
                .setId(id)
                .setAccount(ACCOUNT)
                .setAgentId(agent.id)
                .setAgentLabel(agent.label)
                .setAgentLabelRank(LabelRank.DIRECTORY)
                .setSessionId(sessionId)
                .setTraceId(trace)
                .setKind(kind)
                .setSource(Source.HOOK)
                .setClient("claude-code")
                .setTimestamp(time)
                .setReceivedAt(time + 3)
                .setCwd(agent.cwd);
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
