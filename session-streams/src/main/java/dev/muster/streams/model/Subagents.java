/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A session's subagents: the first {@value #MAX} by their ids that any copy told of, in whatever order they came. */
final class Subagents {

    private static final int MAX = 64;

    /** One for all sessions while they have no subagent, else its own. */
    private NavigableMap<String, SubagentFigures> byId = Collections.emptyNavigableMap();

    /** Takes in that a copy of some fact was told in a subagent. */
    void touch(String id, Fact copy) {
        SubagentFigures subagent = byId.get(id);
        if (subagent == null) {
            if (byId.size() >= MAX && id.compareTo(byId.lastKey()) > 0) {
                return;
            }
            subagent = new SubagentFigures(id);
            put(id, subagent);
            if (byId.size() > MAX) {
                byId.pollLastEntry();
            }
        }
        subagent.touch(copy);
    }

    private void put(String id, SubagentFigures subagent) {
        if (byId.isEmpty()) {
            byId = new TreeMap<>();
        }
        byId.put(id, subagent);
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
            subagents.put(subagent.id(), subagent);
        });
        return subagents;
    }
}
