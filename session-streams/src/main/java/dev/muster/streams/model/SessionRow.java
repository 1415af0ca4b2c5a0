/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

/**
 * A session's own row.
 *
 * @param figures the session's figures, which stand first: whoever needs no more reads them alone
 * @param overlay what it carries of its traces and chunks
 */
public record SessionRow(SessionAggregate figures, Overlay overlay) {

    byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.SESSION);
        figures.write(out);
        overlay.write(out);
        return out.end();
    }

    /** Reads a stored row, or a live session's copy. */
    public static SessionRow read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.SESSION, value);
        return new SessionRow(SessionAggregate.read(in), Overlay.read(in));
    }
}
