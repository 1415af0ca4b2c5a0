/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.SingleObjects;
import dev.muster.schemas.avro.ApiKey;
import dev.muster.schemas.avro.ApiKeyUse;
import dev.muster.schemas.avro.KeyPrivacy;
import java.time.Instant;
import java.util.Optional;

/** The bytes of the topic's two kinds of records: Avro's single-object encoding. */
public final class KeyFormat {

    private KeyFormat() {}

    /** A key's record. */
    public static byte[] write(IssuedKey key) {
        return SingleObjects.write(
                ApiKey.getEncoder(),
                new ApiKey(
                        key.id(),
                        key.account(),
                        key.hash(),
                        key.prefix(),
                        key.label(),
                        key.agent().orElse(null),
                        key.privacy()
                                .map(level -> KeyPrivacy.valueOf(level.name()))
                                .orElse(null),
                        key.createdAt().toEpochMilli(),
                        key.revokedAt().map(Instant::toEpochMilli).orElse(null)));
    }

    /** A last use's record. */
    public static byte[] writeUse(Instant usedAt) {
        return SingleObjects.write(ApiKeyUse.getEncoder(), new ApiKeyUse(usedAt.toEpochMilli()));
    }

    static IssuedKey read(byte[] value) throws MalformedRecordException {
        ApiKey key = SingleObjects.read(ApiKey.getDecoder(), value);
        return new IssuedKey(
                key.getAccount(),
                key.getId(),
                key.getSha256(),
                key.getPrefix(),
                key.getLabel(),
                Optional.ofNullable(key.getAgent()),
                Optional.ofNullable(key.getPrivacy()).map(level -> PrivacyLevel.valueOf(level.name())),
                Instant.ofEpochMilli(key.getCreatedAt()),
                Optional.ofNullable(key.getRevokedAt()).map(Instant::ofEpochMilli));
    }

    static Instant readUse(byte[] value) throws MalformedRecordException {
        return Instant.ofEpochMilli(
                SingleObjects.read(ApiKeyUse.getDecoder(), value).getUsedAt());
    }
}
