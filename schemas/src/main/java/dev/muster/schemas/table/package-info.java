/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Small compacted topics, followed from their beginning and kept in memory. */
@NullMarked
package dev.muster.schemas.table;

import org.jspecify.annotations.NullMarked;
