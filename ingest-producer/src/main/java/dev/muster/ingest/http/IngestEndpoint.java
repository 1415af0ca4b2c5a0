/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.http.IngestMetrics.Outcome;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Reading;
import dev.muster.schemas.AgentId;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Takes a source's requests: who sends, then what, then into the log, and the answer when it is durable. No thread
 * waits for the log.
 */
final class IngestEndpoint implements Handler {

    /** The header by which a client names its agent. */
    static final String AGENT_HEADER = "X-Muster-Agent";

    private final EventSource source;
    private final Replies replies;
    private final int maxBytes;
    private final Bodies bodies;
    private final Intake intake;
    private final Executor answering;
    private final IngestMetrics metrics;

    /**
     * An endpoint.
     *
     * @param source what makes events of its requests
     * @param replies how its clients are answered
     * @param maxBytes the most bytes of a body
     * @param bodies reads the bodies, for all endpoints together
     * @param intake what all endpoints share
     * @param answering runs the answers, for the log's own thread must not wait for a client
     */
    IngestEndpoint(
            EventSource source, Replies replies, int maxBytes, Bodies bodies, Intake intake, Executor answering) {
        this.source = source;
        this.replies = replies;
        this.maxBytes = maxBytes;
        this.bodies = bodies;
        this.intake = intake;
        this.answering = answering;
        metrics = new IngestMetrics(intake.registry(), source.name());
    }

    @Override
    public void handle(Context context) throws IOException {
        Timer.Sample sample = metrics.begin();
        Access access = Access.of(Optional.ofNullable(context.header(Header.AUTHORIZATION)), intake.senders());
        if (access instanceof Access.Granted granted) {
            take(context, granted.sender(), sample);
        } else if (access instanceof Access.Refused refused) {
            replies.unauthorized(context, refused.reason());
            metrics.end(sample, Outcome.UNAUTHORIZED, 1);
        }
    }

    private void take(Context context, Sender sender, Timer.Sample sample) throws IOException {
        try (Bodies.Body body = bodies.read(context, maxBytes)) {
            Reading reading = source.read(incoming(context, sender, body.bytes()));
            if (namesAnotherAgent(reading, sender)) {
                replies.forbidden(
                        context,
                        "The key is bound to the agent " + sender.agent().orElseThrow());
                metrics.end(sample, Outcome.FORBIDDEN, reading.events().size());
                return;
            }
            intake.privacy().apply(sender, reading.events());
            append(context, reading, sample);
        } catch (BodyRefusedException e) {
            refuse(context, e.reason(), sample);
        } catch (InvalidBodyException e) {
            replies.invalid(context, e.issues());
            metrics.end(sample, Outcome.INVALID, 1);
        }
    }

    private Incoming incoming(Context context, Sender sender, byte[] body) {
        Optional<String> header =
                Optional.ofNullable(context.header(AGENT_HEADER)).filter(label -> !label.isBlank());
        String mediaType = Optional.ofNullable(context.header(Header.CONTENT_TYPE))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
        return new Incoming(
                sender.account(),
                sender.agent().or(() -> header),
                intake.clock().instant(),
                mediaType,
                body);
    }

    private static boolean namesAnotherAgent(Reading reading, Sender sender) {
        return sender.agent()
                .map(agent -> AgentId.of(sender.account(), agent))
                .filter(bound -> reading.events().stream()
                        .anyMatch(event -> !event.getAgentId().equals(bound)))
                .isPresent();
    }

    private void refuse(Context context, BodyRefusedException.Reason reason, Timer.Sample sample) {
        switch (reason) {
            case TOO_LARGE -> replies.tooLarge(context, maxBytes);
            case UNKNOWN_ENCODING -> replies.unsupportedEncoding(context);
            case MALFORMED_ENCODING ->
                replies.invalid(context, List.of(new Issue(List.of(), "The body is not valid gzip")));
            case BUSY -> replies.unavailable(context, "The collector reads as much as it can now; send it again");
        }
        metrics.end(sample, reason == BodyRefusedException.Reason.BUSY ? Outcome.UNAVAILABLE : Outcome.INVALID, 1);
    }

    private void append(Context context, Reading reading, Timer.Sample sample) {
        context.future(() -> intake.log()
                .append(reading.events())
                .handleAsync(
                        (durable, failure) -> {
                            if (failure == null) {
                                replies.accepted(context, reading);
                                metrics.end(
                                        sample,
                                        Outcome.ACCEPTED,
                                        reading.events().size());
                                metrics.refused(reading.refused().size());
                                metrics.ignored(reading.ignored());
                            } else {
                                replies.unavailable(context, "The event could not be made durable; send it again");
                                metrics.end(
                                        sample,
                                        Outcome.UNAVAILABLE,
                                        reading.events().size());
                            }
                            return context;
                        },
                        answering));
    }
}
