/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A test of the job on a small broker. */
@NullMarked
package dev.muster.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
