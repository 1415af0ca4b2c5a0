/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The paths of the API, each with what it reads or commands and how that is answered; and what every request has to pass. */
@NullMarked
package dev.muster.query.routes;

import org.jspecify.annotations.NullMarked;
