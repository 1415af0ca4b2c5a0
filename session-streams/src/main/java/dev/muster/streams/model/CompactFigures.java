/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's figures: an object while the session changes, and no more than the bytes of its row while it rests. What is
 * asked of every session now and then can be told without waking it.
 */
final class CompactFigures {

    private static final int AWAKE_WEIGHT = 2000;

    private final DayClock days;
    private @Nullable SessionAggregate awake;
    /** What was last written or read, and what the session rests on; nobody changes it. Empty before. */
    private byte[] row;
    /** The calls that wait for their end, if they are more than the row lists. */
    private @Nullable TimeList openStarts;

    private String agentId = "";
    private String owner = "";
    private long first;
    private long last;
    private @Nullable Long listedAt;
    private long listedPage;

    /** Those of a session that is awake. */
    CompactFigures(SessionAggregate figures, byte[] row, DayClock days) {
        awake = figures;
        this.row = row;
        this.days = days;
    }

    /** What was last written or read of the session; empty when nothing was. */
    Optional<SessionAggregate> written() {
        return row.length == 0 ? Optional.empty() : Optional.of(SessionAggregate.read(row));
    }

    /** The figures, of a session that is awake. */
    SessionAggregate get() {
        SessionAggregate figures = awake;
        if (figures == null) {
            throw new IllegalStateException("the session rests");
        }
        return figures;
    }

    boolean isInflated() {
        return awake != null;
    }

    /** The row that the session rests on. */
    byte[] row() {
        return row;
    }

    /** The figures of a session that is awake, with these windows, as its row would have them. */
    SessionAggregate standing(ActivityWindows windows) {
        SessionAggregate figures = get();
        figures.setWindows(windows);
        if (figures.figures().events() > 0) {
            figures.setStartDay(days.dayOf(figures.first()));
        }
        return figures;
    }

    /** The row of a session that is awake, as it would be with these windows and this beside the figures. */
    byte[] row(ActivityWindows windows, Overlay overlay, StateOutput out) {
        return new SessionRow(standing(windows), overlay).toBytes(out);
    }

    /** The row that is to be written, and then to be rested on. */
    byte[] write(ActivityWindows windows, Overlay overlay, StateOutput out) {
        row = row(windows, overlay, out);
        return row;
    }

    /** Keeps the row that was written in the place of the figures. */
    void compact() {
        SessionAggregate figures = get();
        TimeList open = figures.figures().openStarts();
        openStarts = open.isStoredWhole() ? null : open;
        agentId = figures.agentId();
        owner = figures.owner();
        first = figures.first();
        last = figures.last();
        listedAt = figures.listedAt();
        listedPage = figures.listedPage();
        awake = null;
    }

    /** Makes the figures an object again, and gives what else the row carries. */
    Overlay inflate() {
        SessionRow read = SessionRow.read(row);
        TimeList open = openStarts;
        if (open != null) {
            read.figures().figures().openStarts().become(open);
        }
        awake = read.figures();
        openStarts = null;
        return read.overlay();
    }

    String agentId() {
        SessionAggregate figures = awake;
        return figures == null ? agentId : figures.agentId();
    }

    String owner() {
        SessionAggregate figures = awake;
        return figures == null ? owner : figures.owner();
    }

    long first() {
        SessionAggregate figures = awake;
        return figures == null ? first : figures.first();
    }

    long last() {
        SessionAggregate figures = awake;
        return figures == null ? last : figures.last();
    }

    @Nullable
    Long listedAt() {
        SessionAggregate figures = awake;
        return figures == null ? listedAt : figures.listedAt();
    }

    long listedPage() {
        SessionAggregate figures = awake;
        return figures == null ? listedPage : figures.listedPage();
    }

    int weight() {
        TimeList open = openStarts;
        return (awake == null ? 0 : AWAKE_WEIGHT) + row.length + (open == null ? 0 : open.weight());
    }
}
