/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The machine that Muster runs on: its data folder, its ports, and a start that has to be refused. */
@NullMarked
package dev.muster.standalone.host;

import org.jspecify.annotations.NullMarked;
