/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The command line: what ./muster understands, and what it says. */
@NullMarked
package dev.muster.standalone.cli;

import org.jspecify.annotations.NullMarked;
