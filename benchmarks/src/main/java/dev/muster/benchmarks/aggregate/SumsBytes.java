/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.aggregate;

import java.util.Arrays;
import org.apache.avro.io.BinaryData;

/** Numbers one after the other in Avro's variable length, into an array that is large enough from the start. */
final class SumsBytes {

    static final int MAX_BYTES_A_NUMBER = 10;

    private final byte[] bytes;
    private int length;

    SumsBytes(int max) {
        bytes = new byte[max];
    }

    void number(long value) {
        length += BinaryData.encodeLong(value, bytes, length);
    }

    byte[] written() {
        return Arrays.copyOf(bytes, length);
    }
}
