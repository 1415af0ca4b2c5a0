/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.price.TokenCounts;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The figures that sessions and traces share.
 *
 * @param events facts, each counted once
 * @param toolCalls tool calls that ended
 * @param errors failed facts, denials among them, but for interrupts
 * @param denials tool calls that were denied
 * @param interrupts facts that the user broke off
 * @param orphans tool calls that started at least 120 s ago and have not ended
 * @param transactions events of type tx or with a transaction
 * @param costUsd the priced tokens' cost in USD; empty when there are tokens and none is priced
 * @param unpricedTokens the tokens that the cost leaves out
 * @param reportedUsd what the sources themselves report in USD; empty when none does
 * @param latencyAll over every duration that an event reports
 * @param latencyTools over tool calls
 * @param latencyModels over model requests
 * @param models the models asked, sorted
 * @param modelSpend what was used and spent by model, by name
 * @param tools the tools called, by name
 * @param isUsageKnown whether a source that tells tokens has told of the session; where none has, no tokens are not zero
 */
public record FiguresView(
        long events,
        long toolCalls,
        long errors,
        long denials,
        long interrupts,
        long orphans,
        long transactions,
        TokenCounts tokens,
        OptionalDouble costUsd,
        long unpricedTokens,
        OptionalDouble reportedUsd,
        LatencyView latencyAll,
        LatencyView latencyTools,
        LatencyView latencyModels,
        List<String> models,
        List<ModelView> modelSpend,
        List<ToolView> tools,
        boolean isUsageKnown) {}
