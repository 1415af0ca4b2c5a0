/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Small compacted topics as tables that are followed, and records that are written one by one. */
@NullMarked
package dev.muster.server.kafka;

import org.jspecify.annotations.NullMarked;
