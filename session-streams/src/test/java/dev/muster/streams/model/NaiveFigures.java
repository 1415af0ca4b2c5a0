/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The figures of some merged facts, counted one after another. */
final class NaiveFigures {

    /** What is compared as it is; percentiles are compared by their error. */
    record Sums(
            long events,
            long toolCalls,
            long failedFacts,
            long failedTurns,
            long denials,
            long interrupts,
            long transactions,
            long telemetryRequests,
            long reports,
            long reportedPicoUsd,
            TokenCounts tokens,
            long picoUsd,
            long unpricedTokens,
            TokenCounts withEditor,
            long withEditorPicoUsd,
            long withEditorUnpricedTokens,
            Map<String, List<Long>> tools,
            Map<String, List<Long>> models) {}

    private NaiveFigures() {}

    /** An editor's request: the trace sent, model, speed and numbers. */
    private record EditorRequest(
            @Nullable String trace,
            @Nullable String model,
            @Nullable String speed,
            TokenCounts tokens) {}

    /** Of all facts of a session. */
    static Sums of(Collection<HookEvent> facts, Pricing pricing) {
        return of(facts, pricing, fact -> true);
    }

    /** Of a trace's facts: what an editor repeats belongs to the trace that it was sent with, or to none. */
    static Sums ofTrace(Collection<HookEvent> facts, Pricing pricing) {
        return of(facts, pricing, fact -> fact.getTraceId() != null);
    }

    private static Sums of(Collection<HookEvent> facts, Pricing pricing, Predicate<HookEvent> countsEditor) {
        long[] counts = new long[9];
        long interrupts = 0;
        TokenCounts tokens = TokenCounts.NONE;
        long pico = 0;
        long unpriced = 0;
        Map<EditorRequest, Long> editorRequests = new HashMap<>();
        Map<String, List<Long>> tools = new TreeMap<>();
        Map<String, List<Long>> models = new TreeMap<>();
        for (HookEvent fact : facts) {
            boolean interrupted = isInterrupted(fact);
            boolean failed = isFailed(fact);
            interrupts += is(interrupted);
            counts[0]++;
            counts[1] += is(fact.getKind() == FactKind.TOOL_END);
            counts[2] += is(failed && fact.getKind() != FactKind.FAILED_TURN);
            counts[3] += is(fact.getKind() == FactKind.FAILED_TURN && !interrupted);
            counts[4] += is(fact.getDenialType() != null);
            counts[5] += is(fact.getType() == EventType.TX || fact.getTransaction() != null);
            counts[6] += is(fact.getKind() == FactKind.MODEL_REQUEST
                    && !Set.of(Source.SDK, Source.HOOK).contains(fact.getSource()));
            if (fact.getReportedCostPicoUsd() != null) {
                counts[7]++;
                counts[8] += fact.getReportedCostPicoUsd();
            }
            TokenCounts usage = usage(fact);
            String named = modelOf(fact);
            String model = "<synthetic>".equals(fact.getModel()) ? null : fact.getModel();
            if (usage != null || (model != null && fact.getKind() == FactKind.MODEL_REQUEST)) {
                add(models, named, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            }
            if (usage != null && fact.getEditor()) {
                if (countsEditor.test(fact)) {
                    editorRequests.merge(
                            new EditorRequest(fact.getTraceId(), model, fact.getSpeed(), usage),
                            fact.getTimestamp(),
                            Math::min);
                }
            } else if (usage != null) {
                Cost cost = pricing.cost(model, usage, fact.getSpeed(), fact.getTimestamp());
                tokens = tokens.plus(usage);
                pico += cost.picoUsd();
                unpriced += cost.unpricedTokens();
                addSpend(models, named, usage, cost, true);
            }
            if (fact.getKind() == FactKind.TOOL_END && fact.getToolName() != null) {
                add(tools, fact.getToolName(), 1, is(failed), fact.getDurationMs() == null ? 0 : fact.getDurationMs());
            }
        }
        TokenCounts withEditor = tokens;
        long withEditorPico = pico;
        long withEditorUnpriced = unpriced;
        for (Map.Entry<EditorRequest, Long> entry : editorRequests.entrySet()) {
            EditorRequest request = entry.getKey();
            Cost cost = pricing.cost(request.model(), request.tokens(), request.speed(), entry.getValue());
            addSpend(models, request.model() == null ? "(unknown)" : request.model(), request.tokens(), cost, false);
            withEditor = withEditor.plus(request.tokens());
            withEditorPico += cost.picoUsd();
            withEditorUnpriced += cost.unpricedTokens();
        }
        return new Sums(
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                interrupts,
                counts[5],
                counts[6],
                counts[7],
                counts[8],
                tokens,
                pico,
                unpriced,
                withEditor,
                withEditorPico,
                withEditorUnpriced,
                tools,
                models);
    }

    static Sums of(Figures figures) {
        Spend alone = figures.spend(false);
        Spend withEditor = figures.spend(true);
        return new Sums(
                figures.events(),
                figures.toolCalls(),
                figures.failedFacts(),
                figures.failedTurns(),
                figures.denials(),
                figures.interrupts(),
                figures.transactions(),
                figures.telemetryRequests(),
                figures.reports(),
                figures.reportedPicoUsd(),
                alone.tokens(),
                alone.picoUsd(),
                alone.unpricedTokens(),
                withEditor.tokens(),
                withEditor.picoUsd(),
                withEditor.unpricedTokens(),
                table(figures.tools()),
                models(figures.models(false), figures.models(true)));
    }

    /** Requests, then tokens and cost without an editor's usage, then with it. */
    static Map<String, List<Long>> models(List<ModelTable.Share> alone, List<ModelTable.Share> withEditor) {
        Map<String, List<Long>> table = new TreeMap<>();
        for (int i = 0; i < alone.size(); i++) {
            List<Long> row = new ArrayList<>(List.of(alone.get(i).requests()));
            row.addAll(columns(alone.get(i).spend()));
            row.addAll(columns(withEditor.get(i).spend()));
            table.put(alone.get(i).name(), row);
        }
        return table;
    }

    private static List<Long> columns(Spend spend) {
        TokenCounts tokens = spend.tokens();
        return List.of(
                tokens.input(),
                tokens.output(),
                tokens.cacheRead(),
                tokens.cacheWrite5m(),
                tokens.cacheWrite1h(),
                spend.picoUsd(),
                spend.unpricedTokens());
    }

    private static String modelOf(HookEvent fact) {
        return fact.getModel() == null || fact.getModel().equals("<synthetic>") ? "(unknown)" : fact.getModel();
    }

    private static void addSpend(
            Map<String, List<Long>> models, String name, TokenCounts tokens, Cost cost, boolean alone) {
        Spend spend = new Spend();
        spend.add(tokens, cost, 1);
        long[] more = new long[15];
        for (int i = 0; i < 7; i++) {
            more[1 + i] = alone ? columns(spend).get(i) : 0;
            more[8 + i] = columns(spend).get(i);
        }
        add(models, name, more);
    }

    /** Failed turns that no failed request explains. */
    static long turnErrors(Collection<HookEvent> facts) {
        long turns = facts.stream()
                .filter(fact -> fact.getKind() == FactKind.FAILED_TURN && !isInterrupted(fact))
                .count();
        long requests = facts.stream()
                .filter(fact -> fact.getKind() == FactKind.MODEL_REQUEST && fact.getOutcome() == Outcome.FAILED)
                .count();
        return Math.max(0, turns - requests);
    }

    /** The durations of some kinds, in order. */
    static List<Long> durations(Collection<HookEvent> facts, FactKind... kinds) {
        Set<FactKind> wanted = new HashSet<>(List.of(kinds));
        return facts.stream()
                .filter(fact -> wanted.contains(fact.getKind()) && fact.getDurationMs() != null)
                .map(HookEvent::getDurationMs)
                .sorted()
                .toList();
    }

    static @Nullable TokenCounts usage(HookEvent fact) {
        Tokens told = fact.getTokens();
        return told == null || "<synthetic>".equals(fact.getModel())
                ? null
                : new TokenCounts(
                        told.getInput(),
                        told.getOutput(),
                        told.getCacheRead(),
                        told.getCacheWrite5m(),
                        told.getCacheWrite1h());
    }

    private static Map<String, List<Long>> table(List<NameTable.Row> rows) {
        Map<String, List<Long>> table = new TreeMap<>();
        for (NameTable.Row row : rows) {
            add(table, row.name(), row.counters());
        }
        return table;
    }

    private static void add(Map<String, List<Long>> table, String name, long... more) {
        List<Long> row = new ArrayList<>(table.getOrDefault(name, List.of()));
        for (int i = 0; i < more.length; i++) {
            if (i < row.size()) {
                row.set(i, row.get(i) + more[i]);
            } else {
                row.add(more[i]);
            }
        }
        table.put(name, row);
    }

    /** Whether the user broke it off. */
    static boolean isInterrupted(HookEvent fact) {
        return fact.getInterrupted() && fact.getDenialType() == null;
    }

    /** Whether it failed as an error. */
    static boolean isFailed(HookEvent fact) {
        return fact.getOutcome() == Outcome.FAILED && !isInterrupted(fact);
    }

    private static long is(boolean condition) {
        return condition ? 1 : 0;
    }
}
