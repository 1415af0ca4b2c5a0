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
 * @param parts the parts of the body that tell of events, in its order
 * @param refused the parts that are not taken; the others are taken all the same
 * @param ignored how many parts were read and hold nothing that Muster counts, by their name
 */
public record Reading(List<Part> parts, List<Refusal> refused, Map<String, Integer> ignored) {

    /** What is made of a body that tells of nothing. */
    public static final Reading EMPTY = new Reading(List.of(), List.of(), Map.of());

    /**
     * A part of a body: a line, a record, or the whole of it.
     *
     * @param index its place among the body's parts, from 0
     * @param events what it tells of; all of its events are one agent's
     */
    public record Part(int index, List<HookEvent> events) {

        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * A part of a body that is not taken.
     *
     * @param index its place among the body's parts, from 0
     * @param reason why it is not
     * @param issues the same in words: all that is wrong with it
     */
    public record Refusal(int index, Reason reason, List<Issue> issues) {

        /** Why a part is not taken. */
        public enum Reason {
            /** It is not what it should be. */
            INVALID,
            /** The agent that it tells of was deleted. */
            AGENT_DELETED
        }

        public Refusal {
            issues = List.copyOf(issues);
        }

        /** A part that is not what it should be. */
        public static Refusal invalid(int index, List<Issue> issues) {
            return new Refusal(index, Reason.INVALID, issues);
        }
    }

    public Reading {
        parts = List.copyOf(parts);
        refused = List.copyOf(refused);
        ignored = Map.copyOf(ignored);
    }

    /** A body that tells of one event, and of nothing else. */
    public static Reading of(HookEvent event) {
        return new Reading(List.of(new Part(0, List.of(event))), List.of(), Map.of());
    }

    /** The events that it tells of, in the order of the body. */
    public List<HookEvent> events() {
        return parts.stream().flatMap(part -> part.events().stream()).toList();
    }
}
