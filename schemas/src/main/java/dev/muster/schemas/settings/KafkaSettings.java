/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.settings;

/** Where Kafka is: the one setting that every program has. */
public final class KafkaSettings {

    /** Kafka's addresses, host:port, divided by commas. */
    public static final String BOOTSTRAP = "MUSTER_KAFKA_BOOTSTRAP";

    /** Where Kafka is looked for unless the setting says otherwise. */
    public static final String DEFAULT_BOOTSTRAP = "127.0.0.1:9092";

    private KafkaSettings() {}

    /** Kafka's addresses, not checked. */
    public static String bootstrap(Settings settings) {
        return settings.text(BOOTSTRAP).orElse(DEFAULT_BOOTSTRAP);
    }

    /** What a start is refused with when nobody answers at these addresses. */
    public static InvalidSettingException unreachable(String bootstrap) {
        return new InvalidSettingException(
                "Kafka at " + bootstrap + " does not answer; " + BOOTSTRAP + " says where it is.");
    }
}
