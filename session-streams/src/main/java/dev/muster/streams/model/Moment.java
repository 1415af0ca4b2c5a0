/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A text with the place of the fact that told it; of two at one place, by copies of one fact, the smaller text goes first. */
record Moment(Fence place, String text) implements Comparable<Moment> {

    private static final Comparator<Moment> ORDER =
            Comparator.comparing(Moment::place).thenComparing(Moment::text);

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    static @Nullable Moment earlier(@Nullable Moment a, Moment b) {
        return a == null || b.compareTo(a) < 0 ? b : a;
    }

    static @Nullable Moment later(@Nullable Moment a, Moment b) {
        return a == null || b.compareTo(a) > 0 ? b : a;
    }

    static void write(StateOutput out, @Nullable Moment moment) {
        out.branch(moment != null);
        if (moment != null) {
            out.number(moment.place.time());
            out.number(moment.place.id());
            out.text(moment.text);
        }
    }

    static @Nullable Moment read(StateInput in) {
        return in.present() ? new Moment(new Fence(in.number(), in.number()), in.text()) : null;
    }
}
