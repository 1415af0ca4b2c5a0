/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How much a key may send. */
@NullMarked
package dev.muster.ingest.limit;

import org.jspecify.annotations.NullMarked;
