/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is read out of a request: filters, windows, pages, bodies. What is wrong is answered with 400 and with what it may be. */
@NullMarked
package dev.muster.query.params;

import org.jspecify.annotations.NullMarked;
