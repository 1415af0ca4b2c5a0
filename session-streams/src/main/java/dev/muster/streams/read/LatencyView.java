/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.OptionalLong;

/**
 * A summary of durations, by nearest rank within 1 %.
 *
 * @param count how many durations
 * @param p50Ms the median in milliseconds; empty when there are none
 * @param p95Ms the 95th percentile in milliseconds; empty when there are none
 */
public record LatencyView(long count, OptionalLong p50Ms, OptionalLong p95Ms) {}
