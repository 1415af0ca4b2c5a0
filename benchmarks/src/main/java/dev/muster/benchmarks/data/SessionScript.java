/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.benchmarks.data.SessionEvents.Agent;
import dev.muster.benchmarks.data.SessionEvents.Call;
import dev.muster.benchmarks.data.SessionEvents.End;
import dev.muster.benchmarks.data.SessionEvents.Moment;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One coding agent's session without end, in time order, as hooks and telemetry tell it: a prompt, a few model requests
 * with tool calls between them, the turn's end. Of a hundred tool calls four fail and one is denied; of a hundred model
 * requests one fails, of a hundred turns two. A quarter of the turns does not say which prompt it belongs to.
 */
final class SessionScript {

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

    private record Turn(String prompt, @Nullable String trace) {}

    private final SplittableRandom random;
    private final boolean turns;
    private final SessionEvents events;
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
        events = new SessionEvents(SessionEvents.uuid(random), AGENTS.get(number % AGENTS.size()), random);
        model = MODELS.get(random.nextInt(MODELS.size()));
    }

    /**
     * Goes on with a session that is there.
     *
     * @param began the next event's time
     */
    SessionScript(SessionPlan plan, Agent agent, long began, SplittableRandom random) {
        this.random = random;
        turns = true;
        time = began;
        events = new SessionEvents(plan.id(), agent, random);
        model = plan.models().get(0);
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
        Moment at = new Moment(time, now.trace);
        Call open = call;
        if (open != null) {
            call = null;
            return events.end(at, open, end(random.nextInt(100)));
        }
        if (calls > 0) {
            calls--;
            Call begun = SessionEvents.call(TOOLS, random);
            call = begun;
            return events.start(at, begun);
        }
        if (requests > 0) {
            requests--;
            calls = requests == 0 ? 0 : random.nextInt(MAX_CALLS + 1);
            String request = SessionEvents.requestId(random);
            return events.request(at, model, request, random.nextInt(100) == 0);
        }
        turn = null;
        return random.nextInt(100) < 2
                ? events.failedTurn(at, now.prompt)
                : events.stop(at, now.prompt, WORDS.substring(0, 20 + random.nextInt(60)));
    }

    private HookEvent begin() {
        String prompt = SessionEvents.uuid(random);
        Turn begun = new Turn(prompt, turns && random.nextInt(4) == 0 ? null : prompt);
        turn = begun;
        requests = turns ? 1 + random.nextInt(MAX_REQUESTS) : Integer.MAX_VALUE;
        String text = WORDS.substring(0, 20 + random.nextInt(60));
        return events.prompt(new Moment(time, begun.trace), prompt, text);
    }

    private static End end(int luck) {
        return luck < 1 ? End.DENIED : luck < 5 ? End.FAILED : End.DONE;
    }
}
