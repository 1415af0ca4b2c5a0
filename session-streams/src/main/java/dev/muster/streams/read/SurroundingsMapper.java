/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.Surroundings;
import dev.muster.streams.read.SurroundingsView.Background;
import dev.muster.streams.read.SurroundingsView.Context;
import dev.muster.streams.read.SurroundingsView.Task;
import dev.muster.streams.read.SurroundingsView.Waiting;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** Makes what callers see of where a session works, by the clock at the time of reading. */
final class SurroundingsMapper {

    private SurroundingsMapper() {}

    static SurroundingsView view(SessionAggregate session, long now) {
        Surroundings surroundings = session.surroundings();
        Map<Dimension, String> at = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            String value = surroundings.at(dimension);
            if (value != null) {
                at.put(dimension, value);
            }
        }
        return new SurroundingsView(at, waiting(session), background(surroundings, now), context(surroundings));
    }

    private static Optional<Waiting> waiting(SessionAggregate session) {
        if (!session.isWaiting()) {
            return Optional.empty();
        }
        // A row of before what is asked for was kept says only that something is.
        String asked = Optional.ofNullable(session.surroundings().askedFor()).orElse("unknown");
        String[] parts = asked.split("\n", 2);
        return Optional.of(new Waiting(
                parts[0],
                parts.length == 1 ? Optional.empty() : Optional.of(parts[1]),
                Instant.ofEpochMilli(session.askedAt())));
    }

    private static Optional<Background> background(Surroundings surroundings, long now) {
        ObjectNode told = surroundings.background();
        boolean areBelieved = now < surroundings.activeUntil();
        List<Task> tasks = areBelieved ? list(told.path("tasks"), "type", "description") : List.of();
        List<Task> crons = list(told.path("crons"), "schedule", "prompt");
        return tasks.isEmpty() && crons.isEmpty()
                ? Optional.empty()
                : Optional.of(new Background(
                        tasks,
                        crons,
                        Instant.ofEpochMilli(surroundings.backgroundToldAt()),
                        tasks.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(surroundings.activeUntil()))));
    }

    private static List<Task> list(JsonNode told, String type, String description) {
        return StreamSupport.stream(told.spliterator(), false)
                .map(each -> new Task(text(each, "id"), text(each, type), text(each, description)))
                .toList();
    }

    private static Optional<String> text(JsonNode task, String field) {
        return Optional.of(task.path(field).asText()).filter(text -> !text.isEmpty());
    }

    private static Context context(Surroundings surroundings) {
        return new Context(
                known(surroundings.contextTokens()),
                Optional.ofNullable(surroundings.contextModel()),
                known(surroundings.contextWindow()),
                surroundings.compactions());
    }

    private static OptionalLong known(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
