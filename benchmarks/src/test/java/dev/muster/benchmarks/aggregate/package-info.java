/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of the sums that the alternatives keep. */
@NullMarked
package dev.muster.benchmarks.aggregate;

import org.jspecify.annotations.NullMarked;
