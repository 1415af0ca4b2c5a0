/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command itself, which does nothing without a measurement. */
@Command(
        name = "muster bench",
        synopsisSubcommandLabel = "MEASUREMENT",
        commandListHeading = "%nMeasurements:%n",
        description = "Measures what Muster costs, side by side with what else one could do.",
        footer = "%n'muster bench MEASUREMENT --help' explains one. What they have shown: docs/performance.md.")
final class BenchCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;
}
