/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.data.Loaded;
import java.nio.file.Path;

/**
 * What one pass of a case is given.
 *
 * @param bootstrap the broker
 * @param loaded what stands in the topic
 * @param folder an empty folder for state, the pass's own
 * @param id a name that no other pass on this broker has
 */
public record Workload(String bootstrap, Loaded loaded, Path folder, String id) {}
