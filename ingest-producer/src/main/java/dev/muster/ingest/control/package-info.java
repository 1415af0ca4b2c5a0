/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What was commanded of agents, and what the collector does about it: deleted ones are refused, paused ones told to stop. */
@NullMarked
package dev.muster.ingest.control;

import org.jspecify.annotations.NullMarked;
