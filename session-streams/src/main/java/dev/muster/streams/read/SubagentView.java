/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.price.TokenCounts;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One subagent of a session.
 *
 * @param id the subagent's id
 * @param type its type, where a source tells one
 * @param traceId the trace that it started in
 * @param toolCalls its tool calls that ended
 * @param tokens its tokens
 * @param costUsd its priced tokens' cost in USD; empty when it has tokens and none is priced
 * @param unpricedTokens the tokens that the cost leaves out
 * @param reportedUsd what the sources report in USD; empty when none does
 */
public record SubagentView(
        String id,
        Optional<String> type,
        Optional<String> traceId,
        long toolCalls,
        TokenCounts tokens,
        OptionalDouble costUsd,
        long unpricedTokens,
        OptionalDouble reportedUsd) {}
