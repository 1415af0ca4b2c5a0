/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pages of lists: a row's position, tokens that tell of one, and what is cut to a page or merged into one. */
@NullMarked
package dev.muster.streams.read.page;

import org.jspecify.annotations.NullMarked;
