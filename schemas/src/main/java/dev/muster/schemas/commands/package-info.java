/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands: what people and alerts want of agents and sessions. They are records too, and the latest holds. */
@NullMarked
package dev.muster.schemas.commands;

import org.jspecify.annotations.NullMarked;
