/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.LabelRank;

/**
 * The agent that a session belongs to: that of the best-ranked label told, then of the earliest; text and id only make the
 * choice the same in any order.
 */
record AgentLabel(String agentId, String label, LabelRank rank, long time) {

    static final AgentLabel NONE = new AgentLabel("", "", LabelRank.SERVICE, Long.MAX_VALUE);

    private static final LabelRank[] RANKS = LabelRank.values();

    /** This label, or that of a copy of some fact where it is the better one. */
    AgentLabel orBetter(Fact copy) {
        return isBetter(copy) ? new AgentLabel(copy.agentId, copy.label, copy.labelRank, copy.time) : this;
    }

    private boolean isBetter(Fact copy) {
        if (copy.labelRank != rank) {
            return copy.labelRank.compareTo(rank) < 0;
        }
        if (copy.time != time) {
            return copy.time < time;
        }
        int byText = copy.label.compareTo(label);
        return byText < 0 || (byText == 0 && copy.agentId.compareTo(agentId) < 0);
    }

    void write(StateOutput out) {
        out.text(agentId);
        out.text(label);
        out.number(rank.ordinal());
        out.number(time);
    }

    static AgentLabel read(StateInput in) {
        return new AgentLabel(in.text(), in.text(), RANKS[(int) in.number()], in.number());
    }
}
