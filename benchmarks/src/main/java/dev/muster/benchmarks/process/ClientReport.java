/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import dev.muster.benchmarks.cases.Pass;
import java.util.List;

/**
 * What a client process has measured.
 *
 * @param passes in their order, the cold one first
 * @param memory what the process took
 */
public record ClientReport(List<Pass> passes, Memory memory) {}
