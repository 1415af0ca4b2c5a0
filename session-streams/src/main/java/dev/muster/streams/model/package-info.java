/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The pure session model: facts in, figures out, with no Kafka in it. */
@NullMarked
package dev.muster.streams.model;

import org.jspecify.annotations.NullMarked;
