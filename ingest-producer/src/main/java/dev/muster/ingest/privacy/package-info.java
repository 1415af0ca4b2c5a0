/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How much of what agents tell is kept: levels by account and key, and the patterns of what looks like a secret. */
@NullMarked
package dev.muster.ingest.privacy;

import org.jspecify.annotations.NullMarked;
