/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The paths of the API, one class for each kind of thing, and what every request has to pass. {@code ApiRoutes} adds them all; a
 * route asks the readers of {@code dev.muster.streams.read} and never a store.
 */
@NullMarked
package dev.muster.query.routes;

import org.jspecify.annotations.NullMarked;
