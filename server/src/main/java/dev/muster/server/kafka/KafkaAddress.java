/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.kafka;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Kafka's addresses, as the setting has them. */
public final class KafkaAddress {

    private KafkaAddress() {}

    /**
     * Makes a client, which reaches out for Kafka by and by.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @param kind what is made, as in «from which no producer can be made»
     * @throws InvalidSettingException if no address can be made out
     */
    public static <T> T client(String bootstrap, String kind, Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new InvalidSettingException(KafkaSettings.BOOTSTRAP + " is «" + bootstrap + "», from which no " + kind
                    + " can be made: " + reason.getMessage() + ".");
        }
    }
}
