/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the metrics of all programs have in common: what is left out, and how tags are spelled. */
@NullMarked
package dev.muster.server.metrics;

import org.jspecify.annotations.NullMarked;
