/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How long Muster's state takes to come back, after a crash, after a stop, and with another instance standing by. */
@NullMarked
package dev.muster.benchmarks.restore;

import org.jspecify.annotations.NullMarked;
