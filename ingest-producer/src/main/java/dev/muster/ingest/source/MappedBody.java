/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Map;

/**
 * The result of mapping a request's body: its events, the parts that are refused, and the parts that are ignored.
 *
 * @param parts the parts of the body that became events, in its order
 * @param refused the parts that are refused; the others are accepted nevertheless
 * @param ignored the number of valid parts without anything to count, by their name
 * @param isForeign whether nothing in the body is of a client that is known, so that its sender is to be told
 */
public record MappedBody(List<Part> parts, List<Refusal> refused, Map<String, Integer> ignored, boolean isForeign) {

    /** The result for a body without any parts. */
    public static final MappedBody EMPTY = new MappedBody(List.of(), List.of(), Map.of());

    /**
     * A part of a body: a line, a record, or the whole of it.
     *
     * @param index its place among the body's parts, from 0
     * @param events its events, all of the same agent
     */
    public record Part(int index, List<HookEvent> events) {

        public Part {
            events = List.copyOf(events);
        }
    }

    /**
     * A part of a body that is refused.
     *
     * @param index its place among the body's parts, from 0
     * @param reason why it is refused
     * @param issues all that is wrong with it, in words
     */
    public record Refusal(int index, Reason reason, List<Issue> issues) {

        /** Why a part is refused. */
        public enum Reason {
            /** It is malformed. */
            INVALID,
            /** Its agent was deleted. */
            AGENT_DELETED
        }

        public Refusal {
            issues = List.copyOf(issues);
        }

        /** A malformed part. */
        public static Refusal invalid(int index, List<Issue> issues) {
            return new Refusal(index, Reason.INVALID, issues);
        }
    }

    public MappedBody {
        parts = List.copyOf(parts);
        refused = List.copyOf(refused);
        ignored = Map.copyOf(ignored);
    }

    /** The result for a body of a client that is known. */
    public MappedBody(List<Part> parts, List<Refusal> refused, Map<String, Integer> ignored) {
        this(parts, refused, ignored, false);
    }

    /** The result for a body of exactly one event. */
    public static MappedBody of(HookEvent event) {
        return new MappedBody(List.of(new Part(0, List.of(event))), List.of(), Map.of());
    }

    /** All events, in the order of the body. */
    public List<HookEvent> events() {
        return parts.stream().flatMap(part -> part.events().stream()).toList();
    }
}
