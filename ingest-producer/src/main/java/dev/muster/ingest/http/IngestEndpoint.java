/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.http.IngestMetrics.Outcome;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.schemas.avro.HookEvent;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Takes a source's requests: who sends, then what, then into the log, and the answer when it is durable. No thread
 * waits for the log.
 */
final class IngestEndpoint implements Handler {

    /** The header by which a client names its agent. */
    static final String AGENT_HEADER = "X-Muster-Agent";

    private final EventSource source;
    private final BiConsumer<Context, List<HookEvent>> accepted;
    private final Intake intake;
    private final Executor answering;
    private final IngestMetrics metrics;

    /**
     * An endpoint.
     *
     * @param source what makes events of its requests
     * @param accepted gives the answer for events that are durable
     * @param intake what all endpoints share
     * @param answering runs the answers, for the log's own thread must not wait for a client
     */
    IngestEndpoint(
            EventSource source, BiConsumer<Context, List<HookEvent>> accepted, Intake intake, Executor answering) {
        this.source = source;
        this.accepted = accepted;
        this.intake = intake;
        this.answering = answering;
        metrics = new IngestMetrics(intake.registry(), source.name());
    }

    @Override
    public void handle(Context context) throws IOException {
        Timer.Sample sample = metrics.begin();
        Access access = Access.of(Optional.ofNullable(context.header(Header.AUTHORIZATION)), intake.keys());
        if (access instanceof Access.Granted granted) {
            take(context, granted.account(), sample);
        } else if (access instanceof Access.Refused refused) {
            Answers.unauthorized(context, refused.reason());
            metrics.end(sample, Outcome.UNAUTHORIZED, 1);
        }
    }

    private void take(Context context, String account, Timer.Sample sample) throws IOException {
        String encoding = context.header(Header.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            Answers.encoded(context);
            metrics.end(sample, Outcome.INVALID, 1);
            return;
        }
        byte[] body = context.req().getInputStream().readNBytes(intake.maxBodyBytes() + 1);
        if (body.length > intake.maxBodyBytes()) {
            Answers.tooLarge(context, intake.maxBodyBytes());
            metrics.end(sample, Outcome.INVALID, 1);
            return;
        }
        Optional<String> agent =
                Optional.ofNullable(context.header(AGENT_HEADER)).filter(label -> !label.isBlank());
        try {
            append(
                    context,
                    source.events(new Incoming(account, agent, intake.clock().instant(), body)),
                    sample);
        } catch (InvalidBodyException e) {
            Answers.invalid(context, e.issues());
            metrics.end(sample, Outcome.INVALID, 1);
        }
    }

    private void append(Context context, List<HookEvent> events, Timer.Sample sample) {
        context.future(() -> intake.log()
                .append(events)
                .handleAsync(
                        (durable, failure) -> {
                            if (failure == null) {
                                accepted.accept(context, events);
                                metrics.end(sample, Outcome.ACCEPTED, events.size());
                            } else {
                                Answers.unavailable(context, "The event could not be made durable; send it again");
                                metrics.end(sample, Outcome.UNAVAILABLE, events.size());
                            }
                            return context;
                        },
                        answering));
    }
}
