/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Merges two copies of one fact field by field: each from the best source that has it; at equal rank the larger number,
 * failed over success, else the smaller text, and the earlier time. That the user broke it off, or that a request is beside
 * the conversation, is so when any source says it. The result does not depend on the order or on how often a copy comes.
 */
final class CopyMerge {

    private static final Schema SCHEMA = HookEvent.getClassSchema();
    private static final int FIELDS = SCHEMA.getFields().size();
    private static final byte[] NO_RANKS = {};
    private static final int ID = position("id");
    private static final int AGENT_ID = position("agentId");
    private static final int LABEL = position("agentLabel");
    private static final int LABEL_RANK = position("agentLabelRank");
    private static final int SOURCE = position("source");
    private static final int TIMESTAMP = position("timestamp");
    private static final int RECEIVED = position("receivedAt");
    private static final int INTERRUPTED = position("interrupted");
    private static final int ASIDE = position("aside");

    private static final Comparator<HookEvent> BY_LABEL = Comparator.comparing(HookEvent::getAgentLabelRank)
            .thenComparing(HookEvent::getAgentLabel)
            .thenComparing(HookEvent::getAgentId);

    private CopyMerge() {}

    /**
     * A fact's copies merged.
     *
     * @param event the merged fact
     * @param ranks by field position the rank of the source it is from; null when all are of the event's own source
     */
    record Merged(HookEvent event, byte @Nullable [] ranks) {}

    /** Merges a copy into what was merged so far; neither is changed. */
    static Merged merge(HookEvent known, byte @Nullable [] knownRanks, HookEvent copy) {
        HookEvent result = HookEvent.newBuilder(known).build();
        byte[] ranks = ranksOf(known, knownRanks);
        byte copyRank = rankOf(copy);
        for (int i = 0; i < FIELDS; i++) {
            if (hasRuleOfItsOwn(i)) {
                continue;
            }
            Object mine = known.get(i);
            Object theirs = copy.get(i);
            if (theirs != null && (mine == null || copyRank < ranks[i])) {
                result.put(i, theirs);
                ranks[i] = copyRank;
            } else if (theirs != null && copyRank == ranks[i]) {
                result.put(i, equalRank(i, mine, theirs));
            }
        }
        mergeLabel(result, known, copy);
        result.setInterrupted(known.getInterrupted() || copy.getInterrupted());
        result.setAside(known.getAside() || copy.getAside());
        result.setReceivedAt(Math.min(known.getReceivedAt(), copy.getReceivedAt()));
        result.setSource(known.getSource().compareTo(copy.getSource()) <= 0 ? known.getSource() : copy.getSource());
        return new Merged(result, onlyOthers(ranks, result));
    }

    /** Fields that are not the best source's, but each by its rule. */
    private static boolean hasRuleOfItsOwn(int field) {
        return field == ID
                || field == AGENT_ID
                || field == LABEL
                || field == LABEL_RANK
                || field == SOURCE
                || field == RECEIVED
                || field == INTERRUPTED
                || field == ASIDE;
    }

    /** The ranks, the best one where a field has none; null when no field has another. */
    private static byte @Nullable [] onlyOthers(byte[] ranks, HookEvent result) {
        byte best = rankOf(result);
        boolean others = false;
        for (int i = 0; i < FIELDS; i++) {
            if (hasRuleOfItsOwn(i) || result.get(i) == null) {
                ranks[i] = best;
            }
            others |= ranks[i] != best;
        }
        return others ? ranks : null;
    }

    private static void mergeLabel(HookEvent result, HookEvent known, HookEvent copy) {
        if (BY_LABEL.compare(copy, known) < 0) {
            result.setAgentId(copy.getAgentId());
            result.setAgentLabel(copy.getAgentLabel());
            result.setAgentLabelRank(copy.getAgentLabelRank());
        }
    }

    private static Object equalRank(int field, Object mine, Object theirs) {
        if (field == TIMESTAMP) {
            return Math.min((Long) mine, (Long) theirs);
        }
        if (mine instanceof Long number) {
            return Math.max(number, (Long) theirs);
        }
        if (mine instanceof Outcome outcome) {
            return outcome.compareTo((Outcome) theirs) >= 0 ? mine : theirs;
        }
        if (mine instanceof Tokens tokens) {
            return largest(tokens, (Tokens) theirs);
        }
        if (mine instanceof Boolean flag) {
            return flag || (Boolean) theirs;
        }
        return mine.toString().compareTo(theirs.toString()) <= 0 ? mine : theirs;
    }

    private static Tokens largest(Tokens a, Tokens b) {
        return new Tokens(
                Math.max(a.getInput(), b.getInput()),
                Math.max(a.getOutput(), b.getOutput()),
                Math.max(a.getCacheRead(), b.getCacheRead()),
                Math.max(a.getCacheWrite5m(), b.getCacheWrite5m()),
                Math.max(a.getCacheWrite1h(), b.getCacheWrite1h()));
    }

    /** A rank for each field: fields that a version before did not have are of the event's own source, as all are without ranks. */
    private static byte[] ranksOf(HookEvent event, byte @Nullable [] told) {
        byte[] known = told == null ? NO_RANKS : told;
        byte[] ranks = Arrays.copyOf(known, FIELDS);
        Arrays.fill(ranks, known.length, FIELDS, rankOf(event));
        return ranks;
    }

    private static byte rankOf(HookEvent event) {
        return (byte) event.getSource().ordinal();
    }

    private static int position(String field) {
        return SCHEMA.getField(field).pos();
    }
}
