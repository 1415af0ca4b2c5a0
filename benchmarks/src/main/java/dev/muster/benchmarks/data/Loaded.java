/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

/**
 * What stands in the topic, and so what a case must find there.
 *
 * @param name the data set's name
 * @param records how many records
 * @param facts how many facts: the records without the repeats
 * @param sessions how many sessions
 * @param bytes the records' values, uncompressed
 */
public record Loaded(String name, long records, long facts, int sessions, long bytes) {}
