/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.benchmarks.data.SessionEvents.Agent;
import dev.muster.benchmarks.data.SessionPlan.Failure;
import dev.muster.schemas.avro.HookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sessions of a fleet: the same size and time, the same events. They are made one after the other, so that none is kept in
 * memory. Most are done. Of a hundred the latest is at work still, or was until some minutes ago; in eight something
 * has failed.
 */
public final class FleetScript {

    private static final long SEED = 20_261_130;

    /** The oldest session's distance from the end of retention: so long may a run take. */
    private static final Duration MARGIN = Duration.ofHours(2);
    /** All but the latest sessions are done, which they are after half an hour. */
    private static final Duration DONE = Duration.ofMinutes(31);

    private static final int RECENT_OF = 100;
    private static final int AT_WORK_OF = 10;
    private static final int RARE_OF = 200;
    private static final int RARE_MODEL_AT = 33;
    private static final int RARE_TOOL_AT = 77;
    private static final int RARE_TEXT_AT = 111;
    private static final int FAILED_PERCENT = 8;
    private static final int NO_TOOL_PERCENT = 30;
    private static final int ONE_TOOL_PERCENT = 70;
    private static final int TWO_TOOLS_PERCENT = 85;
    private static final int SHORTEST_MS = 10_000;
    private static final int LONGEST_TIMES = 120;

    private final Fleet fleet;
    private final long now;
    private final List<Agent> agents;

    /**
     * A fleet's sessions as they stand at a time.
     *
     * @param now no event happens later
     */
    public FleetScript(Fleet fleet, Instant now) {
        this.fleet = fleet;
        this.now = now.toEpochMilli();
        agents = IntStream.range(0, fleet.agents()).mapToObj(Agent::of).toList();
    }

    /** How many sessions there are, the long one among them. */
    public int sessions() {
        return fleet.sessions() + 1;
    }

    /** The agent with the most sessions. */
    public String busiestAgentId() {
        return agents.get(0).id();
    }

    /** The sessions, the long one first. */
    public Stream<SessionPlan> plans() {
        return Stream.concat(
                Stream.of(longPlan()), IntStream.range(0, fleet.sessions()).mapToObj(this::plan));
    }

    /** The session with many traces, in the middle of the days. */
    public SessionPlan longPlan() {
        SplittableRandom random = new SplittableRandom(SEED - 1);
        long tenth = Duration.ofDays(fleet.days()).toMillis() / 10;
        return new SessionPlan(
                fleet.sessions(),
                SessionEvents.uuid(random),
                agents.size() - 1,
                agents.get(agents.size() - 1).id(),
                FleetWords.sentence(random),
                List.of(FleetWords.COMMON_MODEL),
                List.of(FleetWords.COMMON_TOOL),
                fleet.traces(),
                true,
                Failure.NONE,
                now - 6 * tenth,
                now - 4 * tenth);
    }

    /**
     * One of the others.
     *
     * @param number from 0 on
     */
    public SessionPlan plan(int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        String id = SessionEvents.uuid(random);
        int agent = agent(random);
        int rare = number % RARE_OF;
        int shape = rare == RARE_TOOL_AT ? NO_TOOL_PERCENT : random.nextInt(100);
        List<String> tools = tools(shape, rare == RARE_TOOL_AT, random);
        int turns = shape < TWO_TOOLS_PERCENT ? 1 : 2;
        String model = rare == RARE_MODEL_AT ? FleetWords.RARE_MODEL : FleetWords.model(random);
        String other = FleetWords.model(random);
        String title =
                rare == RARE_TEXT_AT ? FleetWords.sentence(FleetWords.RARE_TEXT, random) : FleetWords.sentence(random);
        long last = last(number, random);
        long took = (long) (SHORTEST_MS * Math.pow(LONGEST_TIMES, random.nextDouble()));
        return new SessionPlan(
                number,
                id,
                agent,
                agents.get(agent).id(),
                title,
                turns == 1 || other.equals(model) ? List.of(model) : List.of(model, other),
                tools,
                turns,
                false,
                isSound(number) ? Failure.NONE : failure(tools, random),
                last - took,
                last);
    }

    /** A few agents have many sessions. */
    private int agent(SplittableRandom random) {
        double luck = random.nextDouble();
        return (int) (luck * luck * agents.size());
    }

    private static List<String> tools(int shape, boolean rare, SplittableRandom random) {
        if (rare) {
            return List.of(FleetWords.RARE_TOOL);
        }
        if (shape < NO_TOOL_PERCENT) {
            return List.of();
        }
        String tool = FleetWords.tool(random);
        String other = FleetWords.tool(random);
        return shape < ONE_TOOL_PERCENT || other.equals(tool) ? List.of(tool) : List.of(tool, other);
    }

    private static Failure failure(List<String> tools, SplittableRandom random) {
        if (random.nextInt(100) >= FAILED_PERCENT) {
            return Failure.NONE;
        }
        return switch (random.nextInt(3)) {
            case 0 -> Failure.TURN;
            case 1 -> tools.isEmpty() ? Failure.TURN : Failure.CALL;
            default -> Failure.REQUEST;
        };
    }

    /** Every second one of the latest is at work, and the others rest for some minutes. */
    private long last(int number, SplittableRandom random) {
        if (number >= firstRecent()) {
            Duration least = number % 2 == 0 ? Duration.ofSeconds(5) : Duration.ofMinutes(6);
            Duration most = number % 2 == 0 ? Duration.ofMinutes(4) : Duration.ofMinutes(12);
            return now - random.nextLong(least.toMillis(), most.toMillis());
        }
        long began = now - Duration.ofDays(fleet.days()).minus(MARGIN).toMillis();
        double share = (number + random.nextDouble()) / firstRecent();
        return began + (long) (share * (now - DONE.toMillis() - began));
    }

    /** Of the latest, one that works and one that rests never fail, so that in the smallest fleet there are such too. */
    private boolean isSound(int number) {
        return number == firstRecent() || number == firstRecent() + 1;
    }

    private int firstRecent() {
        return fleet.sessions() - Math.max(2, fleet.sessions() / RECENT_OF);
    }

    /**
     * The sessions that go on when the fleet works: some of the latest tenth of those that are done.
     *
     * @param most so many at most
     */
    public Stream<SessionPlan> goingOn(int most) {
        int count = Math.max(1, Math.min(most, fleet.sessions() / AT_WORK_OF));
        return IntStream.range(firstRecent() - count, firstRecent()).mapToObj(this::plan);
    }

    /** The latest of those, however many they are. */
    public SessionPlan latestGoingOn() {
        return plan(firstRecent() - 1);
    }

    /** Makes a session's events, in the order of their times. */
    public void tell(SessionPlan plan, Consumer<HookEvent> listener) {
        new PlannedSession(plan, agent(plan), listener).tell();
    }

    /** A session's agent. */
    Agent agent(SessionPlan plan) {
        return agents.get(plan.agent());
    }
}
