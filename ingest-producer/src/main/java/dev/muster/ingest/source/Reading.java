/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Map;

/**
 * What a source made of a request's body.
 *
 * @param events the events that it tells of, in the order of the body
 * @param refused the parts of a body of several that are wrong; the others are taken all the same
 * @param ignored how many parts were read and hold nothing that Muster counts, by their name
 */
public record Reading(List<HookEvent> events, List<Refusal> refused, Map<String, Integer> ignored) {

    /**
     * A part of a body that is wrong.
     *
     * @param index its place among the body's parts, from 0
     * @param issues all that is wrong with it
     */
    public record Refusal(int index, List<Issue> issues) {

        public Refusal {
            issues = List.copyOf(issues);
        }
    }

    public Reading {
        events = List.copyOf(events);
        refused = List.copyOf(refused);
        ignored = Map.copyOf(ignored);
    }

    /** A body that tells of events, and of nothing else. */
    public static Reading of(List<HookEvent> events) {
        return new Reading(events, List.of(), Map.of());
    }
}
