/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import java.time.Duration;

/** One thing that an agent of the demo does. */
sealed interface Act {

    /** The user, or a schedule, asks for something. */
    record Prompt(String text) implements Act {}

    /** The agent has asked its model. */
    record Request(String model, Duration took, Usage usage) implements Act {}

    /** A tool begins to run. */
    record ToolStart(Call call) implements Act {}

    /** A tool is done. */
    record ToolEnd(Call call, Duration took, Result result) implements Act {}

    /** Money was moved. */
    record Transfer(String id, String token, double amount, Duration took) implements Act {}

    /** The prompt is answered. */
    record TurnEnd(String answer) implements Act {}

    /** The prompt is given up, because the model could not be asked. */
    record TurnFailure(String error) implements Act {}

    /**
     * A tool's call.
     *
     * @param id ties its end to its start
     * @param tool the tool's name
     * @param argument the name of what it was given
     * @param value what it was given
     */
    record Call(String id, String tool, String argument, String value) {}

    /** The tokens of one request; input without what came from the cache. */
    record Usage(long input, long cacheWrite, long cacheRead, long output) {}

    /** How a tool's call ended. */
    enum Result {
        DONE,
        FAILED,
        DENIED
    }
}
