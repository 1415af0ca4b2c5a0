/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SearchText;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which entries of an account's audit log are wanted. */
final class AuditMatcher {

    private final String account;
    private final AuditFilter filter;
    private final AgentControls controls;
    private final Optional<SearchText> text;
    private final FactMarks marks;

    AuditMatcher(String account, AuditFilter filter, AgentControls controls) {
        this.account = account;
        this.filter = filter;
        this.controls = controls;
        text = filter.text().map(SearchText::new);
        marks = marksOf(filter);
    }

    String account() {
        return account;
    }

    /** What is wanted. */
    AuditFilter filter() {
        return filter;
    }

    /** The earliest time that is wanted, epoch milliseconds. */
    long oldest() {
        return filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    }

    /** The latest time that is wanted, epoch milliseconds. */
    long newest() {
        return filter.until().map(until -> until.toEpochMilli() - 1).orElse(Long.MAX_VALUE);
    }

    boolean fits(AuditHit hit) {
        if (hit.entry() instanceof AuditEntry.Fact fact) {
            return isThere(hit.agentId()) && fits(fact.event().event());
        }
        return wantsCommands() && fitsCommand(hit.entry());
    }

    /** Whether an event can fit. */
    boolean wantsEvents() {
        return filter.type().filter(EntryType.COMMAND::equals).isEmpty();
    }

    /** What marks the sessions have whose events can fit. */
    FactMarks marks() {
        return marks;
    }

    private static FactMarks marksOf(AuditFilter filter) {
        FactMarks marks = new FactMarks();
        filter.type()
                .filter(type -> type != EntryType.COMMAND)
                .map(type -> EventType.valueOf(type.name()))
                .ifPresent(marks::addType);
        filter.outcome().flatMap(AuditMatcher::recorded).ifPresent(marks::addOutcome);
        // An event with an empty name has no tool.
        filter.tool().filter(tool -> !tool.isEmpty()).ifPresent(marks::addName);
        filter.agentId().ifPresent(marks::addName);
        return marks;
    }

    /** The outcome that the record of such an event has in any copy; empty if it may have any, as what was denied may. */
    private static Optional<Outcome> recorded(EntryOutcome outcome) {
        return switch (outcome) {
            case PENDING -> Optional.of(Outcome.PENDING);
            case SUCCESS -> Optional.of(Outcome.SUCCESS);
            case FAILED, INTERRUPTED -> Optional.of(Outcome.FAILED);
            case DENIED -> Optional.empty();
        };
    }

    /** Whether a command can fit: it has no outcome and no tool. */
    boolean wantsCommands() {
        return filter.type().filter(type -> type != EntryType.COMMAND).isEmpty()
                && filter.outcome().isEmpty()
                && filter.tool().isEmpty()
                && filter.at().areAny();
    }

    private boolean fits(HookEvent event) {
        return isThere(event.getAgentId())
                && is(filter.agentId(), event.getAgentId())
                && is(filter.sessionId(), event.getSessionId())
                && is(filter.type(), EntryType.of(event.getType()))
                && filter.outcome().map(outcome -> outcome.fits(event)).orElse(true)
                && is(filter.tool(), event.getToolName())
                && filter.at().fit(event)
                && anyContains(
                        event.getPrompt(),
                        event.getReasoning(),
                        event.getResponse(),
                        event.getToolDetail(),
                        event.getErrorMessage());
    }

    private boolean fitsCommand(AuditEntry entry) {
        if (entry instanceof AuditEntry.OfAgent of) {
            return filter.sessionId().isEmpty()
                    && is(filter.agentId(), of.command().getAgentId())
                    && anyContains(of.command().getReason(), of.command().getName());
        }
        return entry instanceof AuditEntry.OfSession of
                && is(filter.agentId(), of.command().getAgentId())
                && is(filter.sessionId(), of.command().getSessionId())
                && anyContains(of.command().getReason());
    }

    /** Whether an agent is not deleted. */
    boolean isThere(String agentId) {
        return !controls.of(account, agentId).isDeleted();
    }

    private static <T> boolean is(Optional<T> wanted, @Nullable T value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }

    private boolean anyContains(@Nullable String... texts) {
        return text.isEmpty() || Stream.of(texts).anyMatch(text.get()::isIn);
    }
}
