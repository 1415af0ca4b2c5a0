/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A few sessions of events: turns of a prompt, a model request and a tool call, some of it told twice. */
final class Fleet {

    static final String ACCOUNT = "local";

    private static final long TURN_MS = 5_000;

    private final int sessions;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Fleet(int sessions) {
        this.sessions = sessions;
    }

    /** When the first turn began: the time that the figures are read at. */
    Instant start() {
        return start;
    }

    /** The events of a turn of every session, mixed. */
    List<HookEvent> turn(int number) {
        List<HookEvent> events = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            events.add(prompt(session, number));
        }
        for (int session = 0; session < sessions; session++) {
            events.add(request(session, number));
            events.add(tool(session, number));
            events.add(prompt(session, number));
        }
        return events;
    }

    /** The events of some turns. */
    List<HookEvent> turns(int from, int to) {
        List<HookEvent> events = new ArrayList<>();
        for (int number = from; number < to; number++) {
            events.addAll(turn(number));
        }
        return events;
    }

    static String session(int number) {
        return "session-" + number;
    }

    private HookEvent prompt(int session, int turn) {
        return event(session, turn, 0, FactId.prompt("p" + turn), FactKind.PROMPT)
                .setTraceId("p" + turn)
                .setPrompt("Turn " + turn)
                .build();
    }

    private HookEvent request(int session, int turn) {
        return event(session, turn, 700, FactId.request("r" + turn), FactKind.MODEL_REQUEST)
                .setSource(Source.OTLP_LOG)
                .setModel("claude-sonnet-4-5-20250929")
                .setTokens(new Tokens(1000L + session, 100L + turn, 0L, 0L, 0L))
                .setDurationMs(600L + turn)
                .build();
    }

    private HookEvent tool(int session, int turn) {
        return event(session, turn, 900, FactId.toolEnd("u" + turn), FactKind.TOOL_END)
                .setToolUseId("u" + turn)
                .setToolName("Bash")
                .setOutcome(turn % 7 == 3 ? Outcome.FAILED : Outcome.SUCCESS)
                .setDurationMs(150L + session)
                .build();
    }

    private HookEvent.Builder event(int session, int turn, long after, String id, FactKind kind) {
        // The turns lie in the past, so that no time is ahead of its append time.
        long time = start.toEpochMilli() - 3_600_000 + turn * TURN_MS + session + after;
        return Events.at(id, kind, time).setSessionId(session(session));
    }
}
