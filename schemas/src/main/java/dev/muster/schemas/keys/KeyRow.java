/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.RecordKey;

/**
 * A key's place in the topic: {@code <account>/<keyId>} for the key, {@code <account>/<keyId>/used} for its last use.
 *
 * @param account the account that the key stands for
 * @param keyId the key's own id
 */
public record KeyRow(String account, String keyId) {

    private static final String USED = "used";
    private static final int PARTS = 2;

    /**
     * Reads a record's key, of either kind.
     *
     * @throws MalformedRecordException if it is neither
     */
    static KeyRow parse(String recordKey) throws MalformedRecordException {
        String[] parts = recordKey.split("/", -1);
        boolean known = parts.length == PARTS || isUse(recordKey);
        if (!known || !RecordKey.isAccount(parts[0]) || parts[1].isEmpty()) {
            throw new MalformedRecordException("the record's key is not <account>/<keyId> or <account>/<keyId>/used");
        }
        return new KeyRow(parts[0], parts[1]);
    }

    /** Whether a record's key is that of a use. */
    static boolean isUse(String recordKey) {
        String[] parts = recordKey.split("/", -1);
        return parts.length == PARTS + 1 && parts[PARTS].equals(USED);
    }

    /** The record's key for the key itself. */
    public byte[] keyBytes() {
        return (account + "/" + keyId).getBytes(UTF_8);
    }

    /** The record's key for its last use. */
    public byte[] useBytes() {
        return (account + "/" + keyId + "/" + USED).getBytes(UTF_8);
    }
}
