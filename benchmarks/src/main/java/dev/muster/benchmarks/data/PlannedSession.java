/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.benchmarks.data.SessionEvents.Agent;
import dev.muster.benchmarks.data.SessionEvents.Call;
import dev.muster.benchmarks.data.SessionEvents.End;
import dev.muster.benchmarks.data.SessionEvents.Moment;
import dev.muster.benchmarks.data.SessionPlan.Failure;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Makes the events of a planned session, in the order of their times, which are evenly spread. */
final class PlannedSession {

    private static final long SEED = 20_271_130_000_000L;

    private final SessionPlan plan;
    private final Consumer<HookEvent> listener;
    private final SplittableRandom random;
    private final SessionEvents events;
    private int told;

    /** Tells a listener, for of many events none is to be kept. */
    PlannedSession(SessionPlan plan, Agent agent, Consumer<HookEvent> listener) {
        this.plan = plan;
        this.listener = listener;
        random = new SplittableRandom(SEED + plan.number());
        events = new SessionEvents(plan.id(), agent, random);
    }

    void tell() {
        for (int turn = 0; turn < plan.turns(); turn++) {
            turn(turn, SessionEvents.uuid(random));
        }
    }

    private void turn(int turn, String prompt) {
        boolean isFirst = turn == 0;
        tell(events.prompt(at(prompt), prompt, isFirst ? plan.title() : FleetWords.sentence(random)));
        String model = plan.models().get(turn % plan.models().size());
        if (isFirst && plan.failure() == Failure.REQUEST) {
            tell(events.request(at(prompt), model, SessionEvents.requestId(random), true));
        }
        tell(events.request(at(prompt), model, SessionEvents.requestId(random), false));
        for (String tool : toolsOf(turn)) {
            Call call = SessionEvents.call(List.of(tool), random);
            tell(events.start(at(prompt), call));
            boolean failed = isFirst
                    && plan.failure() == Failure.CALL
                    && tool.equals(plan.tools().get(0));
            tell(events.end(at(prompt), call, failed ? End.FAILED : End.DONE));
        }
        if (turn == plan.turns() - 1) {
            tell(
                    plan.failure() == Failure.TURN
                            ? events.failedTurn(at(prompt), prompt)
                            : events.stop(at(prompt), prompt, FleetWords.sentence(random)));
        }
    }

    private List<String> toolsOf(int turn) {
        if (plan.isLong()) {
            return List.of(plan.tools().get(turn % plan.tools().size()));
        }
        return turn == 0 ? plan.tools() : List.of();
    }

    private Moment at(String trace) {
        long time = plan.first() + (plan.last() - plan.first()) * told / (plan.events() - 1);
        return new Moment(time, trace);
    }

    private void tell(HookEvent event) {
        listener.accept(event);
        told++;
    }
}
