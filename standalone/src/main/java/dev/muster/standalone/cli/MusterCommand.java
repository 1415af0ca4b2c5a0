/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command itself, which does nothing without a verb. */
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        description = "Live sessions of AI agent fleets: what your agents do, while they do it.",
        footer = {
            "%n'muster VERB --help' explains a verb. Settings: docs/configuration.md.",
            "'muster bench --help' tells how to measure what Muster costs."
        })
final class MusterCommand {

    /** The version of the jar that this class came in. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"Muster " + text() + " (Java " + Runtime.version() + ")"};
        }

        static String text() {
            String version = MusterCommand.class.getPackage().getImplementationVersion();
            return version == null ? "unpackaged" : version;
        }
    }
}
