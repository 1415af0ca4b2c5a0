/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import java.util.Collection;
import java.util.TreeMap;

/** A session's subagents: the first {@value #MAX} by their ids that any copy told of, in whatever order they came. */
final class Subagents {

    private static final int MAX = 64;

    private final TreeMap<String, SubagentFigures> byId = new TreeMap<>();

    /** Takes in that a copy of some fact was told in a subagent. */
    void touch(String id, Fact copy) {
        SubagentFigures subagent = byId.get(id);
        if (subagent == null) {
            if (byId.size() >= MAX && id.compareTo(byId.lastKey()) > 0) {
                return;
            }
            subagent = new SubagentFigures(id);
            byId.put(id, subagent);
            if (byId.size() > MAX) {
                byId.pollLastEntry();
            }
        }
        subagent.touch(copy);
    }

    void count(String id, Fact fact, Cost cost, int sign) {
        SubagentFigures subagent = byId.get(id);
        if (subagent != null) {
            subagent.count(fact, cost, sign);
        }
    }

    Collection<SubagentFigures> all() {
        return byId.values();
    }

    void write(StateOutput out) {
        out.array(byId.size());
        byId.values().forEach(subagent -> subagent.write(out));
        out.arrayEnd();
    }

    static Subagents read(StateInput in) {
        Subagents subagents = new Subagents();
        in.array(() -> {
            SubagentFigures subagent = SubagentFigures.read(in);
            subagents.byId.put(subagent.id(), subagent);
        });
        return subagents;
    }
}
