/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The sums of a session as someone keeps them who builds it with another tool; the alternatives share them. */
@NullMarked
package dev.muster.benchmarks.aggregate;

import org.jspecify.annotations.NullMarked;
