/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.http.IngestMetrics.Outcome;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.Interrupts;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.Place;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Takes a source's requests: who sends, then what, then into the log, and the answer when it is durable. No thread
 * waits for the log.
 */
final class IngestEndpoint implements Handler {

    /** The header by which a client names its agent. */
    static final String AGENT_HEADER = "X-Muster-Agent";

    private static final String KEYS_UNREAD = "The API keys are still being read; send it again";

    private final EventSource source;
    private final Replies replies;
    private final int maxBytes;
    private final Bodies bodies;
    private final DecodeBudget budget;
    private final IngestServices services;
    private final Executor answering;
    private final IngestMetrics metrics;

    /**
     * An endpoint.
     *
     * @param source what makes events of its requests
     * @param replies how its clients are answered
     * @param maxBytes the most bytes of a body
     * @param bodies reads the bodies, for all endpoints together
     * @param budget bounds what is decoded at a time, for all endpoints together
     * @param services what all endpoints share
     * @param answering runs the answers, for the log's own thread must not wait for a client
     */
    IngestEndpoint(
            EventSource source,
            Replies replies,
            int maxBytes,
            Bodies bodies,
            DecodeBudget budget,
            IngestServices services,
            Executor answering) {
        this.source = source;
        this.replies = replies;
        this.maxBytes = maxBytes;
        this.bodies = bodies;
        this.budget = budget;
        this.services = services;
        this.answering = answering;
        metrics = new IngestMetrics(services.registry(), source.name());
    }

    @Override
    public void handle(Context context) {
        Timer.Sample sample = metrics.begin();
        Access access = Access.of(Optional.ofNullable(context.header(Header.AUTHORIZATION)), services.senders());
        if (access instanceof Access.Granted granted) {
            admit(context, granted.sender(), sample);
        } else if (access instanceof Access.Undecided) {
            turnAway(context, sample, Outcome.UNAVAILABLE, () -> replies.unavailable(context, KEYS_UNREAD));
        } else if (access instanceof Access.Refused refused) {
            turnAway(context, sample, Outcome.UNAUTHORIZED, () -> replies.unauthorized(context, refused.reason()));
        }
    }

    private void admit(Context context, Sender sender, Timer.Sample sample) {
        Optional<Duration> wait = services.limiter().admit(sender);
        if (wait.isPresent()) {
            turnAway(context, sample, Outcome.RATE_LIMITED, () -> replies.rateLimited(context, wait.get()));
        } else {
            context.future(
                    () -> bodies.read(context, maxBytes).thenCompose(body -> take(context, sender, body, sample)));
        }
    }

    /** Answers whatever the body is; it is read away, so that the sender comes to the answer. */
    private void turnAway(Context context, Timer.Sample sample, Outcome outcome, Runnable answer) {
        context.future(() -> bodies.discard(context).thenAccept(ended -> {
            keepOrClose(context, ended);
            answer.run();
            metrics.end(sample, outcome, 1);
        }));
    }

    private CompletableFuture<?> take(Context context, Sender sender, BodyResult received, Timer.Sample sample) {
        if (received instanceof BodyResult.Refused refused) {
            refuse(context, refused, sample);
            return CompletableFuture.completedFuture(context);
        }
        try (BodyResult.Body body = (BodyResult.Body) received) {
            MappedBody mapped = decoded(incoming(context, sender, body.bytes()));
            services.limiter().charge(sender, mapped.events().size());
            Optional<String> bound = sender.agent().map(agent -> AgentId.of(sender.account(), agent));
            if (namesAnotherAgent(context, mapped, sender, bound)) {
                replies.forbidden(
                        context,
                        "The key is bound to the agent " + sender.agent().orElseThrow());
                metrics.end(sample, Outcome.FORBIDDEN, mapped.events().size());
                return CompletableFuture.completedFuture(context);
            }
            Admitted admitted = services.gate().admit(mapped);
            admitted.mapped().events().forEach(event -> {
                Interrupts.mark(event);
                Place.complete(event);
                bound.ifPresent(event::setBoundAgent);
            });
            admitted.mapped().events().forEach(services.copies()::settle);
            services.privacy().apply(sender, admitted.mapped().events());
            return append(context, admitted, sample);
        } catch (InvalidBodyException e) {
            replies.invalid(context, e.issues());
            metrics.end(sample, Outcome.INVALID, 1);
            return CompletableFuture.completedFuture(context);
        }
    }

    private MappedBody decoded(Incoming incoming) throws InvalidBodyException {
        int taken = budget.acquire(incoming.body().length);
        try {
            return source.read(incoming);
        } finally {
            budget.giveBack(taken);
        }
    }

    private Incoming incoming(Context context, Sender sender, byte[] body) {
        return new Incoming(
                sender.account(),
                sender.agent().or(() -> named(context)),
                services.naming(),
                services.fingerprints(),
                services.clock().instant(),
                mediaType(context),
                body);
    }

    /** What a request's body is said to be, in lower case and without parameters; empty if untold. */
    static String mediaType(Context context) {
        return Optional.ofNullable(context.header(Header.CONTENT_TYPE))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static Optional<String> named(Context context) {
        return Optional.ofNullable(context.header(AGENT_HEADER)).filter(label -> !label.isBlank());
    }

    /** Whether the header or an event names another agent than the key is bound to. */
    private static boolean namesAnotherAgent(
            Context context, MappedBody mapped, Sender sender, Optional<String> boundAgent) {
        return boundAgent
                .filter(bound -> Stream.concat(
                                named(context).map(label -> AgentId.of(sender.account(), label.strip())).stream(),
                                mapped.events().stream().map(HookEvent::getAgentId))
                        .anyMatch(agentId -> !agentId.equals(bound)))
                .isPresent();
    }

    private void refuse(Context context, BodyResult.Refused refused, Timer.Sample sample) {
        keepOrClose(context, refused.ended());
        switch (refused.reason()) {
            case TOO_LARGE -> replies.tooLarge(context, maxBytes);
            case UNKNOWN_ENCODING -> replies.unsupportedEncoding(context);
            case MALFORMED_ENCODING -> replies.invalid(context, List.of(Issue.at("The body is not valid gzip")));
            case BROKEN -> replies.invalid(context, List.of(Issue.at("The body could not be read to its end")));
            case LATE -> replies.late(context);
            case BUSY -> replies.unavailable(context, "The collector reads as much as it can now; send it again");
        }
        metrics.end(sample, refused.reason() == BodyResult.Reason.BUSY ? Outcome.UNAVAILABLE : Outcome.INVALID, 1);
    }

    private static void keepOrClose(Context context, boolean ended) {
        if (!ended) {
            // What is left of the body is not read to find the next request either.
            context.header(Header.CONNECTION, "close");
        }
    }

    private CompletableFuture<Context> append(Context context, Admitted admitted, Timer.Sample sample) {
        List<HookEvent> events = admitted.mapped().events();
        return services.log()
                .append(events)
                .handleAsync(
                        (durable, failure) -> {
                            if (failure == null) {
                                replies.accepted(context, admitted);
                                metrics.end(sample, Outcome.ACCEPTED, events.size());
                                admitted.mapped().refused().forEach(metrics::refused);
                                metrics.ignored(admitted.mapped().ignored());
                            } else {
                                replies.unavailable(context, "The event could not be made durable; send it again");
                                metrics.end(sample, Outcome.UNAVAILABLE, events.size());
                            }
                            return context;
                        },
                        answering);
    }
}
