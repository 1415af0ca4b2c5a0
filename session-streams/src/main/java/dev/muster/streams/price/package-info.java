/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What tokens cost: the price table, and the rule that finds a model's row at a time. The session model asks it for each model
 * request ({@code Pricing} in {@link dev.muster.streams.model}).
 */
@NullMarked
package dev.muster.streams.price;

import org.jspecify.annotations.NullMarked;
