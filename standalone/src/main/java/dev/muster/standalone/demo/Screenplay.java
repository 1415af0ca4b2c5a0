/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import dev.muster.standalone.demo.Act.Result;
import dev.muster.standalone.demo.Session.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Makes sessions up: prompts, for each some rounds of a model request and a tool call, then an answer. A few calls fail
 * or are denied, a few turns are given up, and a session is now and then killed while a tool runs.
 */
final class Screenplay {

    private static final double KILLED = 0.06;
    private static final double TURN_FAILS = 0.003;
    private static final double CALL_FAILS = 0.006;
    private static final double CALL_DENIED = 0.003;

    private final Random random;

    Screenplay(Random random) {
        this.random = random;
    }

    /** The pause before an agent's next session. */
    Duration pause(Agent agent) {
        return between(agent, 60_000, 300_000);
    }

    /** A session that begins with a prompt at that time. */
    Session session(Agent agent, Instant start) {
        Take take = new Take(agent, start);
        int prompts = 4 + random.nextInt(9);
        boolean killed = random.nextDouble() < KILLED;
        for (int i = 0; i < prompts; i++) {
            take.turn();
            take.after(between(agent, 2_000, 14_000));
        }
        if (killed) {
            take.prompt();
            take.add(new Act.ToolStart(Phrases.call(agent.trade(), newId("toolu_"), random)));
        }
        return new Session(agent, newUuid(), take.moments);
    }

    private Duration between(Agent agent, int leastMs, int mostMs) {
        return Duration.ofMillis((long) ((leastMs + random.nextInt(mostMs - leastMs)) * agent.pace()));
    }

    private String newUuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String newId(String prefix) {
        return prefix + Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }

    /** A session in the making. */
    private final class Take {

        private final Agent agent;
        private final List<Moment> moments = new ArrayList<>();
        private Instant now;
        private String trace = "";
        private long context = 6_000;

        Take(Agent agent, Instant start) {
            this.agent = agent;
            this.now = start;
        }

        void after(Duration pause) {
            now = now.plus(pause);
        }

        void add(Act act) {
            moments.add(new Moment(now, trace, act));
        }

        void prompt() {
            trace = newUuid();
            add(new Act.Prompt(Phrases.prompt(agent.trade(), random)));
        }

        void turn() {
            prompt();
            int rounds = 2 + random.nextInt(5);
            for (int i = 0; i < rounds; i++) {
                if (random.nextDouble() < TURN_FAILS) {
                    after(between(agent, 500, 2_000));
                    add(new Act.TurnFailure("overloaded"));
                    return;
                }
                request();
                call();
            }
            request();
            if (agent.trade() == Agent.Trade.TRADING) {
                transfer();
            }
            add(new Act.TurnEnd(Phrases.answer(random)));
        }

        private void request() {
            Duration took = between(agent, 1_000, 5_000);
            after(took);
            int fresh = 20 + random.nextInt(400);
            int added = 200 + random.nextInt(2_500);
            long written = agent.writesCache() ? added : 0;
            add(new Act.Request(agent.model(), took, new Act.Usage(fresh, written, context, 60 + random.nextInt(900))));
            context += added;
        }

        private void call() {
            Act.Call call = Phrases.call(agent.trade(), newId("toolu_"), random);
            add(new Act.ToolStart(call));
            double fate = random.nextDouble();
            Result result =
                    fate < CALL_DENIED ? Result.DENIED : fate < CALL_DENIED + CALL_FAILS ? Result.FAILED : Result.DONE;
            Duration took = between(agent, 40, random.nextInt(5) == 0 ? 9_000 : 700);
            after(took);
            add(new Act.ToolEnd(call, took, result));
        }

        private void transfer() {
            Duration took = between(agent, 150, 900);
            after(took);
            double amount = (10 + random.nextInt(400)) / 100.0;
            add(new Act.Transfer(newId("4z"), "SOL", amount, took));
        }
    }
}
