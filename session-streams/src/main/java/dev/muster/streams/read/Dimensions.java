/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.index.AggregateSummary;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.SessionAggregate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values of dimensions are wanted, each by its whole text.
 *
 * @param wanted the value, by dimension; one that is missing does not matter
 */
public record Dimensions(Map<Dimension, String> wanted) {

    /** Whatever they are. */
    public static final Dimensions ANY = new Dimensions(Map.of());

    public Dimensions {
        wanted = Map.copyOf(wanted);
    }

    /** Whether it does not matter what they are. */
    public boolean areAny() {
        return wanted.isEmpty();
    }

    /** Whether a session has all of them. */
    public boolean fit(SessionSummary session) {
        for (Map.Entry<Dimension, String> each : wanted.entrySet()) {
            if (!session.isAt(each.getKey(), each.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a session has all of them. */
    public boolean fit(SessionAggregate session) {
        return fit(new AggregateSummary(session));
    }

    /** Whether an event has all of them, by what it says itself. */
    public boolean fit(HookEvent event) {
        return wanted.entrySet().stream().allMatch(each -> each.getValue().equals(of(event, each.getKey())));
    }

    private static @Nullable String of(HookEvent event, Dimension dimension) {
        return switch (dimension) {
            case REPO -> event.getRepo();
            case BRANCH -> event.getBranch();
            case HOST -> event.getHost();
            case USER -> event.getUser();
        };
    }
}
