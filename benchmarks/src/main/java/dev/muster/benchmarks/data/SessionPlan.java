/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.util.List;

/**
 * What happens in a session of a fleet, before its events are made.
 *
 * @param number its number in the fleet; a later one had its last event later, but for those of the last half hour
 * @param id its id
 * @param agent its agent's number
 * @param agentId its agent's id
 * @param title its first prompt, at most 80 characters
 * @param models the models that it asks, each once or in turns
 * @param tools the tools that it calls: all of them once, or one in each turn
 * @param turns how many prompts it has
 * @param isLong whether it is the one of many turns
 * @param failure what fails in it
 * @param first its first event, epoch milliseconds
 * @param last its last event, epoch milliseconds
 */
public record SessionPlan(
        int number,
        String id,
        int agent,
        String agentId,
        String title,
        List<String> models,
        List<String> tools,
        int turns,
        boolean isLong,
        Failure failure,
        long first,
        long last) {

    /** What fails in a session. */
    public enum Failure {
        NONE,
        REQUEST,
        CALL,
        TURN
    }

    /** Whether anything fails. */
    public boolean hasFailed() {
        return failure != Failure.NONE;
    }

    /** How many requests it makes of models, a failed one among them. */
    public int requests() {
        return turns + (failure == Failure.REQUEST ? 1 : 0);
    }

    /** How many tool calls it makes. */
    public int calls() {
        return isLong ? turns : tools.size();
    }

    /** How many events it has: its prompts, requests, both ends of its calls, and its own end. */
    public int events() {
        return turns + requests() + 2 * calls() + 1;
    }
}
