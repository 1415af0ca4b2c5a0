/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What lists need of every session, in memory: an {@link dev.muster.streams.index.SessionIndex} for each task, in it an {@link
 * dev.muster.streams.index.AccountIndex} for each account. Lists, groups and sums look at each {@link
 * dev.muster.streams.index.SessionSummary}, some nanoseconds apiece, and read the rows of those that they show.
 */
@NullMarked
package dev.muster.streams.index;

import org.jspecify.annotations.NullMarked;
