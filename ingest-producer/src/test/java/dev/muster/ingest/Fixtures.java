/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** Recorded bodies, and a request around one. */
public final class Fixtures {

    /** The account that every request comes from. */
    public static final String ACCOUNT = "local";

    /** When every request is received. */
    public static final Instant RECEIVED_AT = Instant.parse("2026-11-22T17:00:00Z");

    private Fixtures() {}

    /** The lines of a recording. */
    public static List<String> lines(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payloads of the recorded hooks, without the recorder's frame. */
    public static List<String> hooks() {
        return lines("claude-code/hooks.ndjson").stream()
                .map(line -> {
                    try {
                        return SourceJson.canonical(
                                SourceJson.object(line.getBytes(UTF_8)).path("body"));
                    } catch (InvalidBodyException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** A request without headers of note. */
    public static Incoming request(String body) {
        return new Incoming(ACCOUNT, Optional.empty(), RECEIVED_AT, "application/json", body.getBytes(UTF_8));
    }

    /** The one event of a body that must be accepted. */
    public static HookEvent event(EventSource source, String body) {
        try {
            List<HookEvent> events = source.read(request(body)).events();
            Assertions.assertThat(events).hasSize(1);
            return events.get(0);
        } catch (InvalidBodyException e) {
            throw new AssertionError("refused: " + body, e);
        }
    }

    /** What is wrong with a body that must be refused. */
    public static List<Issue> issues(EventSource source, String body) {
        try {
            throw new AssertionError("accepted: " + source.read(request(body)));
        } catch (InvalidBodyException e) {
            return e.issues();
        }
    }
}
