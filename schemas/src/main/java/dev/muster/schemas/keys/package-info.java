/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** API keys: what a key looks like, what is kept of it, and the directory of all that were issued. */
@NullMarked
package dev.muster.schemas.keys;

import org.jspecify.annotations.NullMarked;
