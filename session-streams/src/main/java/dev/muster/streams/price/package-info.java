/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What tokens cost: the price table and the rule that finds a model's row. */
@NullMarked
package dev.muster.streams.price;

import org.jspecify.annotations.NullMarked;
