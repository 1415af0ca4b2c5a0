/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A text with the place of the fact that told it; of two at one place, by copies of one fact, the smaller text goes first. */
record PositionedText(FactPosition place, String text) implements Comparable<PositionedText> {

    private static final Comparator<PositionedText> ORDER =
            Comparator.comparing(PositionedText::place).thenComparing(PositionedText::text);

    @Override
    public int compareTo(PositionedText other) {
        return ORDER.compare(this, other);
    }

    static PositionedText earlier(@Nullable PositionedText a, PositionedText b) {
        return a == null || b.compareTo(a) < 0 ? b : a;
    }

    static PositionedText later(@Nullable PositionedText a, PositionedText b) {
        return a == null || b.compareTo(a) > 0 ? b : a;
    }

    static void write(StateOutput out, @Nullable PositionedText moment) {
        out.branch(moment != null);
        if (moment != null) {
            out.number(moment.place.time());
            out.number(moment.place.id());
            out.text(moment.text);
        }
    }

    static @Nullable PositionedText read(StateInput in) {
        return in.present() ? new PositionedText(new FactPosition(in.number(), in.number()), in.text()) : null;
    }
}
