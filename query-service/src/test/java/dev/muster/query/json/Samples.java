/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.DayActivity;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.LatencyView;
import dev.muster.streams.read.ModelView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.SubagentView;
import dev.muster.streams.read.SurroundingsView;
import dev.muster.streams.read.ToolView;
import dev.muster.streams.read.TraceView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Sessions, traces and events to show, full and bare. */
public final class Samples {

    /** When everything here begins. */
    public static final Instant START = Instant.parse("2026-09-23T10:15:30.120Z");

    /** An agent's id. */
    public static final String AGENT = "c0123456789abcdefghijklmn";

    private static final LatencyView NO_LATENCY = new LatencyView(0, OptionalLong.empty(), OptionalLong.empty());

    private Samples() {}

    /** Figures with something in every field. */
    public static FiguresView figures() {
        return new FiguresView(
                51,
                16,
                3,
                2,
                5,
                1,
                4,
                new TokenCounts(39, 785, 132_100, 4_050, 7),
                OptionalDouble.of(0.0667095),
                5_200,
                OptionalDouble.of(100.0),
                new LatencyView(30, OptionalLong.of(263), OptionalLong.of(503)),
                new LatencyView(16, OptionalLong.of(184), OptionalLong.of(3_000)),
                NO_LATENCY,
                List.of("claude-opus-4-7", "claude-sonnet-4-5-20250929"),
                List.of(new ModelView(
                        "claude-opus-4-7", 12, new TokenCounts(1, 2, 3, 4, 5), OptionalDouble.of(0.25), 0)),
                List.of(new ToolView("Bash", 9, 2, 4_321), new ToolView("Read", 7, 1, 88)),
                true);
    }

    /** Figures of which nothing is known. */
    public static FiguresView noFigures() {
        return noFigures(true);
    }

    private static FiguresView noFigures(boolean isUsageKnown) {
        return new FiguresView(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                TokenCounts.NONE,
                OptionalDouble.empty(),
                0,
                OptionalDouble.empty(),
                NO_LATENCY,
                NO_LATENCY,
                NO_LATENCY,
                List.of(),
                List.of(),
                List.of(),
                isUsageKnown);
    }

    /** Where that session works, and for whom. */
    public static final Map<Dimension, String> PLACE = Map.of(
            Dimension.REPO,
            "github.com/acme/web",
            Dimension.BRANCH,
            "main",
            Dimension.HOST,
            "ci-7",
            Dimension.USER,
            "jane");

    /** A session with something in every field. */
    public static SessionView session(String id) {
        return new SessionView(
                id,
                AGENT,
                "claude-code:demo-app",
                Optional.of("Fix the login"),
                Status.ACTIVE,
                false,
                Optional.empty(),
                START,
                START.plusSeconds(90),
                Duration.ofSeconds(60),
                2,
                6,
                true,
                figures(),
                List.of(new SubagentView(
                        "sub-1",
                        Optional.of("Explore"),
                        Optional.of("t_1"),
                        5,
                        new TokenCounts(1, 2, 3, 4, 5),
                        OptionalDouble.of(0.00001),
                        0,
                        OptionalDouble.empty())),
                new SurroundingsView(
                        PLACE,
                        Optional.of(
                                new SurroundingsView.Waiting("permission", Optional.of("Bash"), START.plusSeconds(80))),
                        Optional.of(new SurroundingsView.Background(
                                List.of(new SurroundingsView.Task(
                                        Optional.of("b1"), Optional.of("shell"), Optional.of("npm run dev"))),
                                List.of(new SurroundingsView.Task(
                                        Optional.of("c1"), Optional.of("0 9 * * *"), Optional.of("Look at the build"))),
                                START.plusSeconds(90),
                                Optional.of(START.plusSeconds(90 + 4 * 3600)))),
                        new SurroundingsView.Context(
                                OptionalLong.of(123_456),
                                Optional.of("claude-opus-4-7"),
                                OptionalLong.of(200_000),
                                2)));
    }

    /** A session of which little is known. */
    public static SessionView bareSession(String id) {
        return new SessionView(
                id,
                AGENT,
                "bot",
                Optional.empty(),
                Status.DONE,
                false,
                Optional.empty(),
                Instant.ofEpochSecond(0),
                Instant.ofEpochSecond(0),
                Duration.ZERO,
                1,
                0,
                false,
                noFigures(),
                List.of(new SubagentView(
                        "sub-1",
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        TokenCounts.NONE,
                        OptionalDouble.empty(),
                        3,
                        OptionalDouble.of(2.5))),
                SurroundingsView.UNKNOWN);
    }

    /** A trace of ten seconds. */
    public static TraceView trace(String id) {
        return new TraceView(id, Optional.of("Fix the login"), START, START.plusSeconds(10), figures());
    }

    /** A trace that only hooks have told of. */
    static TraceView traceOfHooks(String id) {
        return new TraceView(id, Optional.empty(), START, START.plusSeconds(10), noFigures(false));
    }

    /** The least that an event can be. */
    public static HookEvent.Builder event(String sessionId, String factId) {
        return HookEvent.newBuilder()
                .setId(factId)
                .setAccount("local")
                .setAgentId(AGENT)
                .setAgentLabel("claude-code:demo-app")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setSessionId(sessionId)
                .setKind(FactKind.OTHER)
                .setSource(Source.SDK)
                .setTimestamp(START.toEpochMilli())
                .setReceivedAt(START.plusMillis(5).toEpochMilli())
                .setType(EventType.DECISION);
    }

    /** The group of two sessions. */
    public static DayGroupView dayGroup(LocalDate day) {
        return new DayGroupView(
                AGENT,
                "claude-code:demo-app",
                day,
                Status.ERRORED,
                2,
                1,
                "s-2",
                Optional.of("Fix the login"),
                START,
                START.plusSeconds(90),
                Duration.ofSeconds(70),
                Duration.ofSeconds(60),
                6,
                figures());
    }

    /** An agent for which something holds. */
    public static AgentView agent(AgentControl control) {
        return new AgentView(
                AGENT,
                control.name().orElse("claude-code:demo-app"),
                "claude-code:demo-app",
                Optional.of("claude-code"),
                START,
                START.plusSeconds(90),
                control.pause(),
                control.deletedAt(),
                2);
    }

    /** A profile of one day. */
    public static AgentProfile profile(AgentView agent) {
        return new AgentProfile(
                agent,
                List.of(new DayActivity(
                        LocalDate.of(2026, 9, 23),
                        2,
                        51,
                        16,
                        3,
                        new TokenCounts(1, 2, 3, 4, 5),
                        OptionalDouble.of(0.25),
                        0)),
                figures(),
                List.of(session("s-1")),
                List.of(fact(event("s-1", "f-1"))));
    }

    /** A fact in the audit log. */
    public static AuditEntry.Fact fact(HookEvent.Builder event) {
        return new AuditEntry.Fact(new EventView(event.build(), Optional.of("t_1")));
    }

    /** A summary of one row in each list. */
    public static SpendView spend() {
        return new SpendView(
                spend("", ""),
                List.of(spend(AGENT, "demo")),
                List.of(spend("claude-opus-4-7", "claude-opus-4-7")),
                List.of(spend("2026-09-23", "2026-09-23")),
                Map.of(Dimension.REPO, List.of(spend("github.com/acme/web", "github.com/acme/web"))));
    }

    private static SpendView.Row spend(String key, String name) {
        return new SpendView.Row(key, name, 7, new TokenCounts(1, 2, 3, 4, 5), OptionalDouble.of(0.5), 9);
    }
}
