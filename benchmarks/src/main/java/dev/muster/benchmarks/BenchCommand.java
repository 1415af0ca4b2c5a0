/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import picocli.CommandLine.Command;

/** The command itself, which does nothing without a measurement. */
@Command(
        name = "muster bench",
        synopsisSubcommandLabel = "MEASUREMENT",
        commandListHeading = "%nMeasurements:%n",
        description = "Measures what Muster costs, side by side with what else one could do.",
        footer = "%n'muster bench MEASUREMENT --help' explains one. What they have shown: docs/performance.md.")
final class BenchCommand {}
