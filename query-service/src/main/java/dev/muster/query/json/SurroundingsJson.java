/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.read.SurroundingsView;
import dev.muster.streams.read.SurroundingsView.Background;
import dev.muster.streams.read.SurroundingsView.Context;
import dev.muster.streams.read.SurroundingsView.Task;
import dev.muster.streams.read.SurroundingsView.Waiting;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a session works, what it waits for, what runs behind it, and how full its model's window is. */
final class SurroundingsJson {

    private static final int SHARE_DIGITS = 4;

    private SurroundingsJson() {}

    static void put(ObjectNode target, SurroundingsView surroundings) {
        target.set(
                "waitingFor",
                surroundings.waiting().map(SurroundingsJson::waiting).orElse(null));
        for (Dimension dimension : Dimension.values()) {
            target.put(Words.of(dimension), surroundings.at().get(dimension));
        }
        target.set(
                "background",
                surroundings.background().map(SurroundingsJson::background).orElse(null));
        target.set("context", context(surroundings.context()));
    }

    private static ObjectNode waiting(Waiting waiting) {
        return Json.object()
                .put("kind", waiting.kind())
                .put("detail", waiting.detail().orElse(null))
                .put("since", Times.iso(waiting.since()));
    }

    private static ObjectNode background(Background background) {
        ObjectNode json = Json.object();
        put(json.putArray("tasks"), background.tasks(), "type", "description");
        put(json.putArray("crons"), background.crons(), "schedule", "prompt");
        json.put("toldAt", Times.iso(background.toldAt()));
        json.put("until", background.until().map(Times::iso).orElse(null));
        return json;
    }

    private static void put(ArrayNode target, List<Task> tasks, String type, String description) {
        tasks.forEach(task -> target.addObject()
                .put("id", task.id().orElse(null))
                .put(type, task.type().orElse(null))
                .put(description, task.description().orElse(null)));
    }

    private static ObjectNode context(Context context) {
        ObjectNode json = Json.object();
        json.put("tokens", number(context.tokens()));
        json.put("window", number(context.window()));
        json.put("share", share(context));
        json.put("model", context.model().orElse(null));
        json.put("compactions", context.compactions());
        return json;
    }

    private static @Nullable BigDecimal share(Context context) {
        return context.tokens().isEmpty() || context.window().isEmpty()
                ? null
                : BigDecimal.valueOf(context.tokens().getAsLong())
                        .divide(BigDecimal.valueOf(context.window().getAsLong()), SHARE_DIGITS, RoundingMode.HALF_UP);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
