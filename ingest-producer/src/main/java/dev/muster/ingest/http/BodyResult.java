/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

/** What became of reading a request's body. */
sealed interface BodyResult {

    /** Why a body was refused. */
    enum Reason {
        /** It has more bytes than it may, or would have when decoded. */
        TOO_LARGE,
        /** Its encoding is not one of those that are read. */
        UNKNOWN_ENCODING,
        /** It is not what its encoding says. */
        MALFORMED_ENCODING,
        /** All bodies together take as much as they may. */
        BUSY,
        /** It was not there in time. */
        LATE,
        /** It ended before its end, or is not in the form that HTTP wants. */
        BROKEN
    }

    /**
     * A body that is there. It counts against the bound of all bodies until it is closed.
     *
     * @param bytes what was sent, decoded
     * @param lease what it takes of the bound
     */
    record Body(byte[] bytes, BodyLease lease) implements BodyResult, AutoCloseable {

        @Override
        public void close() {
            lease.close();
        }
    }

    /**
     * None.
     *
     * @param reason why
     * @param ended whether the body was read to its end, so that the connection can be used on
     */
    record Refused(Reason reason, boolean ended) implements BodyResult {}
}
