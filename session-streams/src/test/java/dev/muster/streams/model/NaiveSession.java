/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session computed from all its events at once, by the plainest code. */
final class NaiveSession {

    private static final Comparator<HookEvent> ORDER = Comparator.comparing(HookEvent::getTimestamp)
            .thenComparing(event -> Hashes.of(event.getId()), Long::compareUnsigned);

    final List<HookEvent> copies;
    /** The merged facts in order. */
    final List<HookEvent> facts = new ArrayList<>();

    final Map<String, List<HookEvent>> copiesById = new LinkedHashMap<>();
    /** The facts by trace; the preamble is the empty one. */
    final Map<String, List<HookEvent>> traces = new TreeMap<>();

    NaiveSession(List<HookEvent> copies) {
        this.copies = copies;
        copies.forEach(copy -> copiesById
                .computeIfAbsent(copy.getId(), id -> new ArrayList<>())
                .add(copy));
        copiesById.values().forEach(all -> facts.add(NaiveMerge.of(all)));
        facts.sort(ORDER);
        facts.forEach(fact ->
                traces.computeIfAbsent(traceOf(fact), id -> new ArrayList<>()).add(fact));
    }

    String traceOf(HookEvent fact) {
        if (fact.getTraceId() != null) {
            return fact.getTraceId();
        }
        HookEvent prompt = fact;
        if (fact.getKind() != FactKind.PROMPT) {
            List<HookEvent> before = facts.stream()
                    .filter(one -> one.getKind() == FactKind.PROMPT && one.getTimestamp() <= fact.getTimestamp())
                    .toList();
            if (before.isEmpty()) {
                return "";
            }
            prompt = before.get(before.size() - 1);
        }
        return prompt.getTraceId() != null
                ? prompt.getTraceId()
                : "prompt-" + Long.toHexString(Hashes.of(prompt.getId()));
    }

    /** The first and the last time of a trace. */
    List<Long> bounds(String trace) {
        List<Long> times = new ArrayList<>();
        for (HookEvent fact : traces.getOrDefault(trace, List.of())) {
            boolean falls = fact.getTraceId() == null && fact.getKind() != FactKind.PROMPT;
            List<HookEvent> told = copiesById.getOrDefault(fact.getId(), List.of());
            if (falls) {
                times.add(fact.getTimestamp());
                times.add(Math.max(
                        fact.getTimestamp() - lasted(fact),
                        Math.min(
                                fact.getTimestamp(),
                                told.stream()
                                        .mapToLong(NaiveSession::begun)
                                        .min()
                                        .orElseThrow())));
            } else {
                told.forEach(copy -> times.addAll(List.of(begun(copy), copy.getTimestamp())));
            }
        }
        times.sort(Comparator.naturalOrder());
        return List.of(times.get(0), times.get(times.size() - 1));
    }

    /** When what a copy tells of began. */
    static long begun(HookEvent copy) {
        long begun = copy.getTimestamp() - lasted(copy);
        return begun < copy.getReceivedAt() - Account.RULES.retention().toMillis() ? copy.getTimestamp() : begun;
    }

    private static long lasted(HookEvent event) {
        Long told = event.getDurationMs();
        return told == null || told > 24 * 60 * 60_000 ? 0 : told;
    }

    /** The times of a trace's tool calls that have not ended, or of all. */
    List<Long> openStarts(@Nullable String trace) {
        Map<String, List<HookEvent>> calls = facts.stream()
                .filter(fact -> fact.getKind() == FactKind.TOOL_START || fact.getKind() == FactKind.TOOL_END)
                .collect(Collectors.groupingBy(fact -> fact.getToolUseId() != null
                        ? "use " + fact.getToolUseId()
                        : fact.getTraceId() + "|" + fact.getToolName() + "|" + fact.getToolDetail()));
        List<Long> open = new ArrayList<>();
        for (List<HookEvent> alike : calls.values()) {
            List<HookEvent> starts = alike.stream()
                    .filter(fact -> fact.getKind() == FactKind.TOOL_START)
                    .toList();
            int ends = alike.size() - starts.size();
            starts.stream()
                    .skip(ends)
                    .filter(start -> trace == null || trace.equals(traceOf(start)))
                    .forEach(start -> open.add(start.getTimestamp()));
        }
        open.sort(Comparator.naturalOrder());
        return open;
    }

    /** The activity windows' starts and ends, in order. */
    NavigableMap<Long, Long> windows() {
        NavigableMap<Long, Long> windows = new TreeMap<>();
        copies.stream().sorted(Comparator.comparing(NaiveSession::begun)).forEach(copy -> {
            Map.Entry<Long, Long> last = windows.lastEntry();
            boolean goesOn = last != null && begun(copy) - last.getValue() <= 30 * 60_000;
            windows.put(
                    goesOn ? last.getKey() : begun(copy),
                    goesOn ? Math.max(last.getValue(), copy.getTimestamp()) : copy.getTimestamp());
        });
        return windows;
    }

    @Nullable
    String prompt(@Nullable String trace) {
        return facts.stream()
                .filter(fact -> fact.getKind() == FactKind.PROMPT && fact.getPrompt() != null)
                .filter(fact -> trace == null || trace.equals(traceOf(fact)))
                .map(HookEvent::getPrompt)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String title() {
        return copies.stream()
                .filter(copy -> copy.getTitle() != null)
                .max(ORDER.thenComparing(HookEvent::getTitle))
                .map(HookEvent::getTitle)
                .orElse(prompt(null));
    }

    HookEvent agent() {
        return copies.stream()
                .min(Comparator.comparing(HookEvent::getAgentLabelRank)
                        .thenComparing(HookEvent::getTimestamp)
                        .thenComparing(HookEvent::getAgentLabel)
                        .thenComparing(HookEvent::getAgentId))
                .orElseThrow();
    }

    /** The facts by the day they were on. */
    Map<Long, List<HookEvent>> days() {
        return facts.stream()
                .collect(Collectors.groupingBy(
                        fact -> Instant.ofEpochMilli(fact.getTimestamp())
                                .atZone(Account.ZONE)
                                .toLocalDate()
                                .toEpochDay(),
                        TreeMap::new,
                        Collectors.toList()));
    }

    /** Failed facts whose first failing copy was appended after a time. */
    long failedSince(long appendTime) {
        return facts.stream()
                .filter(NaiveFigures::isFailed)
                .filter(fact -> copiesById.getOrDefault(fact.getId(), List.of()).stream()
                                .filter(copy -> copy.getOutcome() == Outcome.FAILED)
                                .mapToLong(HookEvent::getReceivedAt)
                                .min()
                                .orElseThrow()
                        > appendTime)
                .count();
    }

    boolean isWaiting() {
        long asked = last(copy -> copy.getKind() == FactKind.OTHER && asks(copy));
        long answered = last(copy -> copy.getKind() == FactKind.PROMPT
                || copy.getKind() == FactKind.TOOL_END
                || (copy.getKind() == FactKind.OTHER && "SessionEnd".equals(copy.getHookEvent())));
        return asked > answered;
    }

    private static boolean asks(HookEvent copy) {
        boolean notified = "Notification".equals(copy.getHookEvent())
                && (copy.getMetadata() == null || !copy.getMetadata().contains("auth_success"));
        return notified || "PermissionRequest".equals(copy.getHookEvent());
    }

    private long last(Predicate<HookEvent> wanted) {
        return copies.stream()
                .filter(wanted)
                .mapToLong(HookEvent::getTimestamp)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    @Nullable
    String framework() {
        return copies.stream()
                .filter(copy -> copy.getClient() != null)
                .min(ORDER.thenComparing(HookEvent::getClient))
                .map(HookEvent::getClient)
                .orElse(null);
    }

    @Nullable
    String at(Dimension dimension) {
        Function<HookEvent, @Nullable String> field = switch (dimension) {
            case REPO -> HookEvent::getRepo;
            case BRANCH -> HookEvent::getBranch;
            case HOST -> HookEvent::getHost;
            case USER -> HookEvent::getUser;
        };
        Comparator<HookEvent> later = ORDER.thenComparing(copy -> String.valueOf(field.apply(copy)));
        List<HookEvent> told =
                copies.stream().filter(copy -> field.apply(copy) != null).toList();
        Optional<HookEvent> remote = told.stream()
                .filter(copy -> dimension != Dimension.REPO
                        || String.valueOf(field.apply(copy)).contains("/"))
                .max(later);
        return remote.or(() -> told.stream().min(later)).map(field).orElse(null);
    }

    boolean hasTask() {
        return copies.stream()
                .filter(copy -> copy.getBackground() != null)
                .max(ORDER.thenComparing(HookEvent::getBackground))
                .filter(copy -> copy.getBackground().contains("b1"))
                .isPresent();
    }

    long contextTokens() {
        return copies.stream()
                .filter(copy -> copy.getTokens() != null && !copy.getAside() && copy.getSubagentId() == null)
                .filter(copy -> !"<synthetic>".equals(copy.getModel()) && sent(copy.getTokens()) > 0)
                .max(ORDER.thenComparing(copy -> sent(copy.getTokens())))
                .map(copy -> sent(copy.getTokens()))
                .orElse(0L);
    }

    private static long sent(Tokens tokens) {
        return tokens.getInput() + tokens.getCacheRead() + tokens.getCacheWrite5m() + tokens.getCacheWrite1h();
    }

    long compactions() {
        return facts.stream()
                .filter(fact -> fact.getKind() == FactKind.OTHER && fact.getHookEvent() != null)
                .filter(fact -> fact.getHookEvent().matches("PreCompact|PostCompact|compaction"))
                .collect(Collectors.groupingBy(HookEvent::getHookEvent, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    long errors() {
        return traces.values().stream().mapToLong(NaiveFigures::turnErrors).sum()
                + NaiveFigures.of(facts, Account.PRICING).failedFacts();
    }

    /** By id: type, trace of the first copy that was sent with one, tool calls. */
    Map<String, List<String>> subagents() {
        Map<String, List<String>> result = new HashMap<>();
        Map<String, List<HookEvent>> told = copies.stream()
                .filter(copy -> copy.getSubagentId() != null)
                .collect(Collectors.groupingBy(copy -> String.valueOf(copy.getSubagentId())));
        told.forEach((id, all) -> result.put(
                id,
                List.of(
                        String.valueOf(smallest(all, HookEvent::getSubagentType)),
                        String.valueOf(all.stream()
                                .filter(copy -> copy.getTraceId() != null)
                                .min(Comparator.comparing(HookEvent::getTimestamp)
                                        .thenComparing(HookEvent::getTraceId))
                                .map(HookEvent::getTraceId)
                                .orElse(null)),
                        String.valueOf(facts.stream()
                                .filter(fact -> id.equals(fact.getSubagentId()) && fact.getKind() == FactKind.TOOL_END)
                                .count()))));
        return result;
    }

    private static @Nullable String smallest(List<HookEvent> events, Function<HookEvent, @Nullable String> field) {
        return events.stream()
                .map(field)
                .filter(text -> text != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
