/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.data.DataSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How large a measurement's data is: an option that all have whose data can be scaled. */
final class Scale {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private double factor;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Multiplies the records and sessions of the data (default: ${DEFAULT-VALUE}).")
    void set(double given) {
        if (!(given > 0)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--scale is " + given + ", and must be above 0.");
        }
        factor = given;
    }

    /** The data, so much larger. */
    DataSet of(DataSet data) {
        return data.scaled(factor);
    }

    /** A number of the data, so much larger, and 1 at least. */
    int of(int number) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(number * factor)));
    }
}
