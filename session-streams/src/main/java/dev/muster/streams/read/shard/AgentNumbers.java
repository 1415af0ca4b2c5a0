/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers the agents that were met from 0 on, so that what is summed up by agent is a column. An index has numbers for them too, and so
 * an agent's name is looked up once, and not once a session.
 */
final class AgentNumbers {

    private static final int FIRST_AGENTS = 64;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    /** One more than the number here, by the number that the index has; 0 for who was not met. */
    private int[] met = new int[FIRST_AGENTS];

    private Optional<Object> numbering = Optional.empty();

    /** A partition's sessions follow: mostly all of an instance have the same numbers. */
    void begin(PartitionSessions sessions) {
        Optional<Object> its = sessions.agentNumbers();
        if (its.isPresent() && !its.equals(numbering)) {
            Arrays.fill(met, 0);
            numbering = its;
        }
    }

    /** The number of a session's agent. */
    int of(SessionSummary session) {
        int indexed = session.agentNumber();
        return indexed >= 0 && indexed < met.length && met[indexed] > 0
                ? met[indexed] - 1
                : of(indexed, session.agentId());
    }

    /**
     * The number of an agent.
     *
     * @param indexed its number in the index, or less than 0
     */
    int of(int indexed, String agentId) {
        if (indexed < 0) {
            return of(agentId);
        }
        if (indexed >= met.length) {
            met = Arrays.copyOf(met, 2 * indexed);
        }
        if (met[indexed] == 0) {
            met[indexed] = of(agentId) + 1;
        }
        return met[indexed] - 1;
    }

    /** The number of an agent. */
    int of(String agentId) {
        Integer number = numbers.get(agentId);
        if (number != null) {
            return number;
        }
        ids.add(agentId);
        numbers.put(agentId, ids.size() - 1);
        return ids.size() - 1;
    }

    /** The agent of a number. */
    String id(int number) {
        return ids.get(number);
    }
}
