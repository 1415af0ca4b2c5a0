/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import org.jspecify.annotations.Nullable;

/** A text with the place of the fact that told it. */
record Moment(Fence place, String text) {

    static @Nullable Moment earlier(@Nullable Moment a, Moment b) {
        return a == null || b.place.compareTo(a.place) < 0 ? b : a;
    }

    static @Nullable Moment later(@Nullable Moment a, Moment b) {
        return a == null || b.place.compareTo(a.place) > 0 ? b : a;
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
