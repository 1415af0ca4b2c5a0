/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import dev.muster.schemas.settings.Settings;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What only the form in one JVM has to know.
 *
 * @param data the folder that keeps everything across restarts
 * @param kafkaPort the broker's port; without one, the last one of the folder or any that is free
 */
public record StandaloneConfig(Path data, OptionalInt kafkaPort) {

    /** The data folder. */
    public static final String DATA_DIR = "MUSTER_DATA_DIR";

    /** The broker's port. */
    public static final String KAFKA_PORT = "MUSTER_KAFKA_PORT";

    /** The API's port. */
    public static final String API_PORT = "MUSTER_QUERY_PORT";

    /** The collector's port. */
    public static final String INGEST_PORT = "MUSTER_INGEST_PORT";

    /** The highest port. */
    public static final int MAX_PORT = 65_535;

    /**
     * Reads the settings.
     *
     * @param defaultData the data folder unless they name another
     * @throws dev.muster.schemas.settings.InvalidSettingException for the first that is wrong
     */
    public static StandaloneConfig from(Settings settings, Path defaultData) {
        int port = (int) settings.number(KAFKA_PORT, 0, 0, MAX_PORT);
        return new StandaloneConfig(
                settings.path(DATA_DIR).orElse(defaultData), port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
    }
}
