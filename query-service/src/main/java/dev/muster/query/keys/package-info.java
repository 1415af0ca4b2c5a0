/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The API keys of an account: made, listed, revoked. */
@NullMarked
package dev.muster.query.keys;

import org.jspecify.annotations.NullMarked;
