/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Everything in one JVM: broker, collector, topology and API, started and stopped in order. */
@NullMarked
package dev.muster.standalone;

import org.jspecify.annotations.NullMarked;
