/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the API wants of agents and sessions: written as commands, which the topology, the collectors and the readers follow. */
@NullMarked
package dev.muster.query.commands;

import org.jspecify.annotations.NullMarked;
