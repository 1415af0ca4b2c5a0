/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import dev.muster.benchmarks.data.Loaded;

/**
 * What a client process is to do.
 *
 * @param name the case
 * @param bootstrap the broker
 * @param loaded what stands in the topic
 * @param passes how many times it is read; the first pass is the cold one
 */
public record ClientOrder(String name, String bootstrap, Loaded loaded, int passes) {}
