/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Something of each agent that was met, begun when it is first asked for. */
final class ByAgent<T> {

    private final AgentNumbers numbers = new AgentNumbers();
    private final List<T> all = new ArrayList<>();
    private final Supplier<T> beginning;

    /** Nobody was met yet. */
    ByAgent(Supplier<T> beginning) {
        this.beginning = beginning;
    }

    /** A partition's sessions follow. */
    void begin(PartitionSessions sessions) {
        numbers.begin(sessions);
    }

    /** That of a session's agent. */
    T of(SessionSummary session) {
        return at(numbers.of(session));
    }

    /**
     * That of an agent.
     *
     * @param indexed its number in the partition's index, or less than 0
     */
    T of(int indexed, String agentId) {
        return at(numbers.of(indexed, agentId));
    }

    private T at(int number) {
        // A new agent's number is the next one.
        if (number == all.size()) {
            all.add(beginning.get());
        }
        return all.get(number);
    }

    /** Shows each agent's, by its id. */
    void forEach(BiConsumer<String, T> visitor) {
        for (int number = 0; number < all.size(); number++) {
            visitor.accept(numbers.id(number), all.get(number));
        }
    }
}
