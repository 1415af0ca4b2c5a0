/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.AgentRecord.Span;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * What partitions tell of an agent.
 *
 * @param known its label and framework, if one of its sessions is or was there
 * @param seen from its first to its last event, if it has any there
 * @param sessions how many sessions it has there
 */
public record AgentHit(Optional<AgentRecord> known, Optional<Span> seen, long sessions) {

    /** An agent that nothing is known of. */
    public static final AgentHit UNKNOWN = new AgentHit(Optional.empty(), Optional.empty(), 0);

    /** An agent of which something is known, and since when its sessions are gone. */
    static AgentHit known(AgentRecord known) {
        return new AgentHit(Optional.of(known), Optional.ofNullable(known.gone()), 0);
    }

    static AgentHit seen(Span span, long sessions) {
        return new AgentHit(Optional.empty(), Optional.of(span), sessions);
    }

    /** The name that it was given, else its label; its id where nothing is known of it. */
    public String name(String id, AgentControl control) {
        return control.name().or(() -> known.map(AgentRecord::label)).orElse(id);
    }

    /** What is told of an agent together. */
    AgentHit and(AgentHit other) {
        return new AgentHit(
                both(known, other.known, AgentRecord::with),
                both(seen, other.seen, Span::with),
                sessions + other.sessions);
    }

    private static <T> Optional<T> both(Optional<T> one, Optional<T> other, BinaryOperator<T> merge) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(merge.apply(one.get(), other.get()))
                : one.or(() -> other);
    }
}
