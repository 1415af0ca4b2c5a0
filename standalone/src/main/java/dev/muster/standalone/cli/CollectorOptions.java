/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.standalone.Standalone;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/** The collector that a verb speaks of. */
final class CollectorOptions {

    private static final String LOCAL = "http://127.0.0.1:4318";

    @Option(
            names = "--to",
            paramLabel = "URL",
            defaultValue = LOCAL,
            description = "The collector's address (default: ${DEFAULT-VALUE}).")
    private String to = LOCAL;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = Standalone.LOCAL_KEY,
            description = "The API key (default: ${DEFAULT-VALUE}, the local collector's).")
    private String key = Standalone.LOCAL_KEY;

    /**
     * The address, without a path.
     *
     * @throws CommandFailedException if it is none
     */
    URI collector() {
        URI address = address();
        if (address.getRawPath() != null && address.getRawPath().length() > 1) {
            throw new CommandFailedException("--to is " + to + ", and must be without a path.");
        }
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    /**
     * The key.
     *
     * @throws CommandFailedException if no header could carry it
     */
    String key() {
        if (!key.matches("[!-&(-~]+") || key.contains(",")) {
            throw new CommandFailedException("--key must be an API key, as vk_ and letters and digits.");
        }
        return key;
    }

    private URI address() {
        try {
            URI address = new URI(to);
            // Users and passwords would stand in a shell's command, and in what is printed; a key says who sends.
            if (address.getHost() != null
                    && address.getRawUserInfo() == null
                    && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
            throw notAnAddress();
        } catch (URISyntaxException e) {
            throw notAnAddress();
        }
    }

    private CommandFailedException notAnAddress() {
        return new CommandFailedException(
                "--to is " + to + ", and must be an address as http://127.0.0.1:4318 or https://muster.example.");
    }
}
