/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Muster's topics: how they are made, once for a cluster, before anything that reads or writes them starts. */
@NullMarked
package dev.muster.server.topics;

import org.jspecify.annotations.NullMarked;
