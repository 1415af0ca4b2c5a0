/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How events are kept while Kafka does not take them.
 *
 * @param folder where they are; one collector at a time may use it
 * @param maxBytes the most bytes of records that it may hold; 0 for no spool at all
 * @param patience how long Kafka may take to acknowledge an event before it goes to the spool
 */
public record SpoolConfig(Path folder, long maxBytes, Duration patience) {

    /** The folder. */
    public static final String DIR = "MUSTER_SPOOL_DIR";

    private static final String AFTER = "MUSTER_SPOOL_AFTER";
    private static final long MEBIBYTE = 1024L * 1024;
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(10);
    private static final Duration MOST_PATIENCE = Duration.ofMinutes(1);

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public static SpoolConfig from(Settings settings) {
        Duration patience = settings.duration(AFTER, Duration.ofMillis(500));
        if (patience.compareTo(LEAST_PATIENCE) < 0 || patience.compareTo(MOST_PATIENCE) > 0) {
            throw new InvalidSettingException(
                    AFTER + " is " + patience + ", and must be from " + LEAST_PATIENCE + " to " + MOST_PATIENCE + ".");
        }
        return new SpoolConfig(
                settings.path(DIR).orElse(Path.of("spool")),
                settings.number("MUSTER_SPOOL_MAX_BYTES", 256 * MEBIBYTE, 0, 1024 * 1024 * MEBIBYTE),
                patience);
    }
}
