/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.settings.InvalidSettingException;
import java.util.Optional;

/** How an event's bytes are framed on their way into the topic. Safe for threads. */
public interface Framing extends AutoCloseable {

    /**
     * The framing that is set: a registry's where there is one, else none but the single object's own.
     *
     * @throws InvalidSettingException if the registry answers and refuses the schema; one that does not answer is asked
     *     again in the background
     */
    static Framing of(Optional<RegistryConfig> registry) {
        return registry.<Framing>map(RegistryFraming::start).orElseGet(Framing::singleObject);
    }

    /** Leaves the bytes as they are. */
    static Framing singleObject() {
        return singleObject -> singleObject;
    }

    /**
     * The bytes for the topic.
     *
     * @param singleObject an event in {@link dev.muster.schemas.SingleObjectFormat}
     * @throws IllegalStateException if this is not ready
     */
    byte[] frame(byte[] singleObject);

    /** Why nothing can be framed yet, in a sentence; empty when it can. */
    default Optional<String> notReadyBecause() {
        return Optional.empty();
    }

    /** Asks no more. */
    @Override
    default void close() {}
}
