/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is sent to find requests that a collector does not answer well. */
@NullMarked
package dev.muster.ingest.fuzz;

import org.jspecify.annotations.NullMarked;
