/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit log are wanted; what is empty does not matter. Commands have no outcome and no tool.
 *
 * @param since no earlier
 * @param until earlier
 * @param agentId the agent that the event itself names, or the command's
 * @param sessionId the session
 * @param type the event's type, or that it is a command
 * @param outcome how the event ended
 * @param tool the event's tool, by its whole name
 * @param text stands in a preview (prompt, reasoning, response, a tool's input, error, a command's
 *     reason), upper and lower case being the same
 * @param at the event's own values of dimensions; a command has none
 */
public record AuditFilter(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> agentId,
        Optional<String> sessionId,
        Optional<EntryType> type,
        Optional<EntryOutcome> outcome,
        Optional<String> tool,
        Optional<String> text,
        Dimensions at) {

    /** Every entry. */
    public static final AuditFilter ALL = new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Which entries are wanted, wherever they happened. */
    public AuditFilter(
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<String> agentId,
            Optional<String> sessionId,
            Optional<EntryType> type,
            Optional<EntryOutcome> outcome,
            Optional<String> tool,
            Optional<String> text) {
        this(since, until, agentId, sessionId, type, outcome, tool, text, Dimensions.ANY);
    }
}
