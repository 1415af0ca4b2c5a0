/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.store.DaysMadeAnewException;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Reads of stores, which may be moving meanwhile. */
final class StoreRead {

    private StoreRead() {}

    /** Reads; throws {@link NotReadyException} if the stores cannot be read now. */
    static <T> T of(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DaysMadeAnewException e) {
            throw new NotReadyException("The sums by day are being made anew; that takes a minute or two.", e);
        } catch (InvalidStateStoreException e) {
            throw new NotReadyException("The stores are moving or being restored.", e);
        }
    }
}
