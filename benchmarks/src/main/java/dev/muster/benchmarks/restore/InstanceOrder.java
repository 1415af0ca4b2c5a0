/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import dev.muster.benchmarks.data.Loaded;
import java.util.Map;

/**
 * What an instance's process is to run.
 *
 * @param bootstrap the broker
 * @param group the application's id
 * @param loaded what stands in the topic
 * @param state the folder that its state is kept in
 * @param settings Muster's settings where they are not the default
 */
record InstanceOrder(String bootstrap, String group, Loaded loaded, String state, Map<String, String> settings) {}
