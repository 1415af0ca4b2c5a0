/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The read side: what a session, a trace and an event look like to a caller, and who answers for them. */
@NullMarked
package dev.muster.streams.read;

import org.jspecify.annotations.NullMarked;
