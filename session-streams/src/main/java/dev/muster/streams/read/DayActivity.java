/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.price.TokenCounts;
import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * What an agent did on one day: by the events' own times, whenever their sessions began.
 *
 * @param day the day, in the installation's zone
 * @param sessions sessions that had an event on it
 * @param events facts
 * @param toolCalls tool calls that ended
 * @param errors failed facts; failed turns on the day that their session began
 * @param tokens the tokens used
 * @param costUsd the priced tokens' cost in USD; empty when there are tokens and none is priced
 * @param unpricedTokens the tokens that the cost leaves out
 */
public record DayActivity(
        LocalDate day,
        long sessions,
        long events,
        long toolCalls,
        long errors,
        TokenCounts tokens,
        OptionalDouble costUsd,
        long unpricedTokens) {}
