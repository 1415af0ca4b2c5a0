/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import dev.muster.schemas.HookEvents;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.avro.ApiKey;
import dev.muster.schemas.avro.ApiKeyUse;
import dev.muster.schemas.avro.KeyPrivacy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;

/** The bytes of the topic's two kinds of records: Avro's single-object encoding. */
public final class KeyFormat {

    static {
        HookEvents.trust();
    }

    private KeyFormat() {}

    /** A key's record. */
    public static byte[] write(IssuedKey key) {
        return encode(
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
        return encode(ApiKeyUse.getEncoder(), new ApiKeyUse(usedAt.toEpochMilli()));
    }

    static IssuedKey read(byte[] value) throws MalformedRecordException {
        ApiKey key = decode(ApiKey.getDecoder(), value);
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
        return Instant.ofEpochMilli(decode(ApiKeyUse.getDecoder(), value).getUsedAt());
    }

    private static <T> byte[] encode(MessageEncoder<T> encoder, T row) {
        try {
            ByteBuffer bytes = encoder.encode(row);
            byte[] value = new byte[bytes.remaining()];
            bytes.get(value);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
    }

    private static <T> T decode(MessageDecoder<T> decoder, byte[] value) throws MalformedRecordException {
        try {
            return decoder.decode(value);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRecordException("the value does not fit its schema: " + e.getMessage(), e);
        }
    }
}
