/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import dev.muster.query.auth.Caller;
import dev.muster.query.json.Words;
import dev.muster.schemas.AgentId;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.Dimensions;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.TraceFilter;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what is wanted out of a request's parameters. A parameter that is empty is as good as none; one that is wrong is
 * answered with 400 and with what it may be.
 */
public final class Filters {

    private static final Dimension[] DIMENSIONS = Dimension.values();

    private static final Parameters AT =
            Parameters.of(Arrays.stream(DIMENSIONS).map(Words::of).toArray(String[]::new));

    /** What sessions are chosen by. */
    public static final Parameters SESSIONS = Parameters.of(
                    "window", "since", "agentId", "status", "model", "tool", "q")
            .and(AT);

    /** What they are ordered by. */
    public static final Parameters ORDER = Parameters.of("sort");

    /** What traces are chosen by. */
    public static final Parameters TRACES =
            Parameters.of("window", "since", "agentId", "q").and(AT);

    /** What is spent when and by whom. */
    public static final Parameters SPEND =
            Parameters.of("window", "since", "agentId").and(AT);

    /** What entries of the audit log are chosen by. */
    public static final Parameters AUDIT = Parameters.of(
                    "window", "since", "from", "to", "agentId", "sessionId", "type", "outcome", "tool", "q")
            .and(AT);

    private static final Choice<Status> STATUS = Choice.of("status", Status.class);
    private static final Choice<SessionSort> SORT = Choice.of("sort", SessionSort.class);
    private static final Choice<EntryType> TYPE = Choice.of("type", EntryType.class);
    private static final Choice<EntryOutcome> OUTCOME = Choice.of("outcome", EntryOutcome.class);
    private static final String MUST_BE = " must be a time such as 2026-09-23T10:15:30Z, or epoch milliseconds";
    /** What collectors take for a time: 1973 is where seconds of today would be, were they milliseconds. */
    private static final long EARLIEST = Instant.parse("1973-01-01T00:00:00Z").toEpochMilli();

    private static final long END = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

    private final InstantSource clock;
    private final AccountZones zones;

    /**
     * Reads filters.
     *
     * @param zones where a day begins for an account
     */
    public Filters(InstantSource clock, AccountZones zones) {
        this.clock = clock;
        this.zones = zones;
    }

    /** The sessions that are wanted. */
    public SessionFilter sessions(Context request, Caller caller) {
        return new SessionFilter(
                Window.of(request).since(clock.instant()),
                agent(request, caller),
                STATUS.of(request),
                text(request, "model"),
                text(request, "tool"),
                text(request, "q"),
                at(request));
    }

    /** The order that is wanted; the latest first unless said. */
    public SessionSort sort(Context request) {
        return SORT.of(request).orElse(SessionSort.LAST_ACTIVITY);
    }

    /** The traces that are wanted. */
    public TraceFilter traces(Context request, Caller caller) {
        return new TraceFilter(
                Window.of(request).since(clock.instant()), agent(request, caller), text(request, "q"), at(request));
    }

    /** The days and the agent whose spend is wanted. */
    public SpendFilter spend(Context request, Caller caller) {
        return new SpendFilter(
                Window.of(request).firstDay(clock.instant(), zones.of(caller.account())),
                agent(request, caller),
                at(request));
    }

    /** The entries of the audit log that are wanted. */
    public AuditFilter audit(Context request, Caller caller) {
        Optional<Instant> window = Window.of(request).since(clock.instant());
        Optional<Instant> from = time(request, "from");
        if (window.isPresent() && from.isPresent()) {
            throw new BadRequestResponse("window and from both say where to begin: give one of them.");
        }
        Optional<Instant> to = time(request, "to");
        if (from.isPresent() && to.filter(end -> end.isBefore(from.get())).isPresent()) {
            throw new BadRequestResponse("to is before from: nothing can lie between them.");
        }
        return new AuditFilter(
                window.or(() -> from),
                to,
                agent(request, caller),
                text(request, "sessionId"),
                TYPE.of(request),
                OUTCOME.of(request),
                text(request, "tool"),
                text(request, "q"),
                at(request));
    }

    private static Dimensions at(Context request) {
        Map<Dimension, String> wanted = new EnumMap<>(Dimension.class);
        for (Dimension dimension : DIMENSIONS) {
            text(request, Words.of(dimension)).ifPresent(value -> wanted.put(dimension, value));
        }
        return new Dimensions(wanted);
    }

    /** The agent by its id or its label. */
    private Optional<String> agent(Context request, Caller caller) {
        return text(request, "agentId").map(agent -> AgentId.of(caller.account(), agent));
    }

    private static Optional<Instant> time(Context request, String name) {
        return text(request, name).map(value -> time(name, value));
    }

    private static Instant time(String name, String value) {
        try {
            long millis = MILLIS.matcher(value).matches()
                    ? Long.parseLong(value)
                    : OffsetDateTime.parse(value).toInstant().toEpochMilli();
            if (millis >= EARLIEST && millis < END) {
                return Instant.ofEpochMilli(millis);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRequestResponse(name + MUST_BE + ".");
        }
        throw new BadRequestResponse(name + MUST_BE + ", from 1973 on and before 10000; seconds are no milliseconds.");
    }

    /** A parameter that is not empty. */
    public static Optional<String> text(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name)).filter(text -> !text.isEmpty());
    }
}
