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

/**
 * Numbers agents from 0 on, over all partitions that are looked at one after the other: what is summed up by agent is a column. A
 * partition's index has numbers of its own, so that an agent's name is looked up once a partition and not once a session.
 */
final class AgentNumbers {

    private static final int UNKNOWN = -1;
    private static final int FIRST_AGENTS = 64;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    /** By the number that the partition's index has for an agent. */
    private int[] known = new int[0];

    /** Another partition's sessions follow. */
    void nextPartition() {
        Arrays.fill(known, UNKNOWN);
    }

    /** The number of a session's agent. */
    int of(SessionSummary session) {
        int its = session.agentNumber();
        if (its < 0) {
            return of(session.agentId());
        }
        if (its >= known.length) {
            int before = known.length;
            known = Arrays.copyOf(known, Math.max(FIRST_AGENTS, 2 * its));
            Arrays.fill(known, before, known.length, UNKNOWN);
        }
        if (known[its] == UNKNOWN) {
            known[its] = of(session.agentId());
        }
        return known[its];
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

    /** How many there are. */
    int size() {
        return ids.size();
    }
}
