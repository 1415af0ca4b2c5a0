/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what every program shares. */
@NullMarked
package dev.muster.server;

import org.jspecify.annotations.NullMarked;
