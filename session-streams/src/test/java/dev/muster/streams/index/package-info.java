/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
@NullMarked
package dev.muster.streams.index;

import org.jspecify.annotations.NullMarked;
