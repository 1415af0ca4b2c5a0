/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a session works and how its conversation stands.
 *
 * @param at its values of dimensions
 * @param waiting what it waits for the user with; empty if it does not
 * @param background what runs or is scheduled behind it; empty if nothing does
 * @param context how full its model's window is
 */
public record SurroundingsView(
        Map<Dimension, String> at, Optional<Waiting> waiting, Optional<Background> background, Context context) {

    /** Nothing is told of it. */
    public static final SurroundingsView UNKNOWN = new SurroundingsView(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            new Context(OptionalLong.empty(), Optional.empty(), OptionalLong.empty(), 0));

    /**
     * What it waits for.
     *
     * @param kind {@code permission}, {@code elicitation}, or the type of a notification such as {@code idle_prompt}
     * @param detail the tool or the client's message, where one is told
     * @param since when it asked
     */
    public record Waiting(String kind, Optional<String> detail, Instant since) {}

    /**
     * What runs or is scheduled behind the conversation.
     *
     * @param tasks the tasks that are believed to run
     * @param crons what is scheduled
     * @param toldAt when the client told it
     * @param until until when the tasks are believed to run if nobody tells of them again; empty without tasks
     */
    public record Background(List<Task> tasks, List<Task> crons, Instant toldAt, Optional<Instant> until) {}

    /**
     * A task or a schedule, each field as its client tells it.
     *
     * @param id its id
     * @param type a task's type, or when a schedule runs
     * @param description what it does
     */
    public record Task(Optional<String> id, Optional<String> type, Optional<String> description) {}

    /**
     * How full a model's window is.
     *
     * @param tokens how many tokens the last request of the conversation sent, cached ones among them
     * @param model the model that it asked
     * @param window how many that model takes, where that is known
     * @param compactions how often the conversation was made shorter
     */
    public record Context(OptionalLong tokens, Optional<String> model, OptionalLong window, long compactions) {}
}
