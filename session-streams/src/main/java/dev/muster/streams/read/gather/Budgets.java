/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

/**
 * How much each shard looks at for one page; the next page goes on from there.
 *
 * @param rows so many traces or entries of the audit log; of sessions where they are not indexed
 * @param groups so many day groups are read at a time to find the first ones by a percentile, which no sum tells
 */
public record Budgets(int rows, int groups) {

    /** As much as takes a fraction of a second. */
    public static final Budgets DEFAULT = new Budgets(5_000, 128);
}
