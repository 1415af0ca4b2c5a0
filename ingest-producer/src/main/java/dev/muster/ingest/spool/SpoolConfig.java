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
 * The settings of the spool, which keeps events while Kafka does not acknowledge them.
 *
 * @param folder the folder of its files, for one collector at a time
 * @param maxBytes the most bytes of records that it holds; 0 turns the spool off
 * @param timeout how long Kafka may take to acknowledge an event before it goes to the spool
 */
public record SpoolConfig(Path folder, long maxBytes, Duration timeout) {

    /** The setting of the folder. */
    public static final String DIR = "MUSTER_SPOOL_DIR";

    private static final String AFTER = "MUSTER_SPOOL_AFTER";
    private static final long MEBIBYTE = 1024L * 1024;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public static SpoolConfig from(Settings settings) {
        Duration timeout = settings.duration(AFTER, Duration.ofMillis(500));
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new InvalidSettingException(
                    AFTER + " is " + timeout + ", and must be from " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ".");
        }
        return new SpoolConfig(
                settings.path(DIR).orElse(Path.of("spool")),
                settings.number("MUSTER_SPOOL_MAX_BYTES", 256 * MEBIBYTE, 0, 1024 * 1024 * MEBIBYTE),
                timeout);
    }
}
