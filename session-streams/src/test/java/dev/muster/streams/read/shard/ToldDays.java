/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Events of sessions over some days, of agents that change their minds about who they are; and what they come to. */
final class ToldDays {

    private static final int TWO_DAYS = (int) Duration.ofDays(2).toMillis();

    private final Map<String, Map<String, HookEvent>> told = new HashMap<>();
    private int facts;

    Set<String> sessions() {
        return told.keySet();
    }

    /** Each session's facts. */
    List<Collection<HookEvent>> events() {
        return told.values().stream().map(Map::values).toList();
    }

    /** An event of the two days before a time; now and then it is the session's first again. */
    HookEvent event(String session, long clock, Random random) {
        Map<String, HookEvent> events = told.computeIfAbsent(session, first -> new LinkedHashMap<>());
        HookEvent event = !events.isEmpty() && random.nextInt(10) == 0
                ? events.values().iterator().next()
                : fact(session, clock - random.nextInt(TWO_DAYS), random);
        events.put(event.getId(), event);
        return event;
    }

    /** An event of an agent outside of any session. */
    HookEvent outside(String label, long clock, Random random) {
        String agent = AgentId.of(DayFleet.ACCOUNT, label);
        HookEvent event = HookEvent.newBuilder(fact("none", clock - random.nextInt(TWO_DAYS), random))
                .setSessionId(null)
                .setAgentId(agent)
                .setAgentLabel(label)
                .build();
        told.computeIfAbsent("/" + agent, first -> new LinkedHashMap<>()).put(event.getId(), event);
        return event;
    }

    static boolean isSession(Collection<HookEvent> events) {
        return events.stream().allMatch(event -> event.getSessionId() != null);
    }

    private HookEvent fact(String session, long time, Random random) {
        String label = "agent-" + random.nextInt(3);
        FactKind kind = random.nextBoolean() ? FactKind.MODEL_REQUEST : FactKind.TOOL_END;
        HookEvent.Builder event = Sessions.event(FactId.dedupKey("k" + facts++), kind, time - Sessions.T)
                .setSessionId(session)
                .setAgentLabel(label)
                .setAgentId(AgentId.of(DayFleet.ACCOUNT, label))
                .setAgentLabelRank(random.nextInt(20) == 0 ? LabelRank.EXPLICIT : LabelRank.SERVICE)
                .setClient("claude-code")
                .setDurationMs((long) random.nextInt(10_000));
        if (kind == FactKind.MODEL_REQUEST) {
            event.setModel(random.nextBoolean() ? "claude-sonnet-4-5" : "no-such-model")
                    .setTokens(new Tokens((long) random.nextInt(1000), 10L, 5L, 0L, 0L));
        } else {
            event.setToolName("tool-" + random.nextInt(3))
                    .setOutcome(random.nextInt(5) == 0 ? Outcome.FAILED : Outcome.SUCCESS);
        }
        return event.build();
    }

    /** The days as the sum of the sessions, read one by one. */
    Map<DayKey, AgentDay> sums(DayFleet fleet) {
        Map<DayKey, AgentDay> sums = new HashMap<>();
        for (String id : told.keySet()) {
            DayContribution share =
                    DayContribution.of(fleet.session(id).orElseThrow(() -> new AssertionError("no session " + id)));
            for (long day : share.touchedDays()) {
                sums.computeIfAbsent(new DayKey(share.account(), day, share.agentId()), first -> new AgentDay())
                        .add(share, day);
            }
        }
        return sums;
    }

    /** The agent that a session with these facts belongs to. */
    static String agentOf(Collection<HookEvent> events) {
        return events.stream()
                .min((a, b) -> a.getAgentLabelRank() != b.getAgentLabelRank()
                        ? a.getAgentLabelRank().compareTo(b.getAgentLabelRank())
                        : a.getTimestamp() != b.getTimestamp()
                                ? Long.compare(a.getTimestamp(), b.getTimestamp())
                                : a.getAgentLabel().compareTo(b.getAgentLabel()))
                .orElseThrow()
                .getAgentId();
    }
}
