/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Programs: what they start and stop, when they are ready, and how they end. */
@NullMarked
package dev.muster.server.lifecycle;

import org.jspecify.annotations.NullMarked;
