/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A fact's copies merged all at once, field by field: the rule in its plainest form. */
final class NaiveMerge {

    private NaiveMerge() {}

    static HookEvent of(List<HookEvent> copies) {
        HookEvent result = HookEvent.newBuilder(copies.get(0)).build();
        for (Schema.Field field : HookEvent.getClassSchema().getFields()) {
            switch (field.name()) {
                case "agentId", "agentLabel", "agentLabelRank" -> {}
                case "receivedAt" ->
                    result.setReceivedAt(all(copies, HookEvent::getReceivedAt)
                            .min(Comparator.naturalOrder())
                            .orElseThrow());
                case "interrupted" -> result.setInterrupted(copies.stream().anyMatch(HookEvent::getInterrupted));
                case "aside" -> result.setAside(copies.stream().anyMatch(HookEvent::getAside));
                default -> {
                    int best = copies.stream()
                            .filter(copy -> copy.get(field.pos()) != null)
                            .mapToInt(copy -> copy.getSource().ordinal())
                            .min()
                            .orElse(-1);
                    List<Object> values = copies.stream()
                            .filter(copy -> copy.getSource().ordinal() == best && copy.get(field.pos()) != null)
                            .map(copy -> copy.get(field.pos()))
                            .toList();
                    result.put(field.pos(), values.isEmpty() ? null : chosen(field.name(), values));
                }
            }
        }
        HookEvent label = copies.stream()
                .min(Comparator.comparing(HookEvent::getAgentLabelRank)
                        .thenComparing(HookEvent::getAgentLabel)
                        .thenComparing(HookEvent::getAgentId))
                .orElseThrow();
        result.setAgentId(label.getAgentId());
        result.setAgentLabel(label.getAgentLabel());
        result.setAgentLabelRank(label.getAgentLabelRank());
        return result;
    }

    private static <T> Stream<T> all(List<HookEvent> copies, Function<HookEvent, T> field) {
        return copies.stream().map(field);
    }

    private static Object chosen(String field, List<Object> values) {
        Object any = values.get(0);
        if (field.equals("timestamp")) {
            return values.stream().mapToLong(Long.class::cast).min().orElseThrow();
        } else if (any instanceof Long) {
            return values.stream().mapToLong(Long.class::cast).max().orElseThrow();
        } else if (any instanceof Boolean) {
            return values.contains(true);
        } else if (any instanceof Outcome) {
            return values.stream()
                    .map(Outcome.class::cast)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } else if (any instanceof Tokens) {
            List<Tokens> tokens = values.stream().map(Tokens.class::cast).toList();
            return new Tokens(
                    largest(tokens, Tokens::getInput),
                    largest(tokens, Tokens::getOutput),
                    largest(tokens, Tokens::getCacheRead),
                    largest(tokens, Tokens::getCacheWrite5m),
                    largest(tokens, Tokens::getCacheWrite1h));
        }
        return values.stream().min(Comparator.comparing(Object::toString)).orElseThrow();
    }

    private static long largest(List<Tokens> tokens, Function<Tokens, Long> kind) {
        return tokens.stream().map(kind).max(Comparator.naturalOrder()).orElseThrow();
    }
}
