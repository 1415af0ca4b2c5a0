/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The sums of a session as a Flink job: the process that runs it has Flink's libraries instead of Kafka Streams'. */
@NullMarked
package dev.muster.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
