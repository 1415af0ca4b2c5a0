/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

/**
 * A source of events: maps the body of a request to events, and does nothing else. It knows neither HTTP nor Kafka.
 */
public interface EventSource {

    /** The source's name in metrics. */
    String name();

    /**
     * Maps a request's body to events.
     *
     * @throws InvalidBodyException if nothing of the body can be accepted, with all that is wrong with it
     */
    MappedBody read(Incoming incoming) throws InvalidBodyException;
}
