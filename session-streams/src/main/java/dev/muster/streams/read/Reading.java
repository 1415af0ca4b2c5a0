/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Something read of stores, which may be moving meanwhile. */
@FunctionalInterface
interface Reading<T> {

    T read();

    /** Reads; throws {@link NotReadyException} if the stores cannot be read now. */
    static <T> T of(Reading<T> reading) {
        try {
            return reading.read();
        } catch (InvalidStateStoreException e) {
            throw new NotReadyException("The stores are moving or being restored.", e);
        }
    }
}
