/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.SourceJson;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What the collector says of itself, to anybody. */
public final class Health {

    private static final double MILLIS_PER_SECOND = 1000;

    private final InstantSource clock;
    private final Instant startedAt;
    private final String version;
    private final Supplier<Optional<String>> cluster;
    private final Supplier<Optional<String>> notReadyBecause;
    private final Supplier<Optional<String>> note;

    /**
     * Health from now on.
     *
     * @param clock tells how long the collector is up
     * @param version the program's version
     * @param cluster which Kafka cluster the events go to: whoever notes what it has sent sees by it that all is new
     * @param notReadyBecause why events would not arrive, in a sentence; empty when they would
     * @param note what to know although it is ready, in a sentence; empty when there is nothing to say
     */
    public Health(
            InstantSource clock,
            String version,
            Supplier<Optional<String>> cluster,
            Supplier<Optional<String>> notReadyBecause,
            Supplier<Optional<String>> note) {
        this.clock = clock;
        this.version = version;
        this.cluster = cluster;
        this.notReadyBecause = notReadyBecause;
        this.note = note;
        startedAt = clock.instant();
    }

    void summary(Context context) {
        double uptime = Duration.between(startedAt, clock.instant()).toMillis() / MILLIS_PER_SECOND;
        ObjectNode summary = SourceJson.newObject()
                .put("status", "ok")
                .put("service", "muster-collector")
                .put("uptime", uptime)
                .put("version", version);
        cluster.get().ifPresent(id -> summary.put("cluster", id));
        Answers.json(context, HttpStatus.OK, summary);
    }

    void live(Context context) {
        Answers.json(context, HttpStatus.OK, SourceJson.newObject().put("status", "live"));
    }

    void ready(Context context) {
        notReadyBecause
                .get()
                .ifPresentOrElse(
                        reason -> Answers.unavailable(context, reason),
                        () -> Answers.json(context, HttpStatus.OK, isReady()));
    }

    private ObjectNode isReady() {
        ObjectNode ready = SourceJson.newObject().put("status", "ready");
        note.get().ifPresent(text -> ready.put("note", text));
        return ready;
    }
}
