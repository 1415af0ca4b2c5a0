/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Who sends requests, and for which account. */
@NullMarked
package dev.muster.query.auth;

import org.jspecify.annotations.NullMarked;
