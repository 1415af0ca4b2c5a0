/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reading settings: the environment over a properties file, each value checked where it is read. */
@NullMarked
package dev.muster.schemas.settings;

import org.jspecify.annotations.NullMarked;
