/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.keys;

import dev.muster.schemas.Topics;
import dev.muster.schemas.keys.ApiKeyDirectory;
import dev.muster.schemas.keys.IssuedKey;
import dev.muster.schemas.keys.KeyFormat;
import dev.muster.schemas.keys.KeySecret;
import dev.muster.server.kafka.RecordWriter;
import dev.muster.server.kafka.TopicFollower;
import dev.muster.server.kafka.UnavailableException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes, lists and revokes API keys. What it answers is in the keys' topic, acknowledged, which every collector follows;
 * its own directory knows it at once.
 */
public final class ApiKeyService implements AutoCloseable {

    private static final int ID_BYTES = 8;

    private final ApiKeyDirectory directory;
    private final RecordWriter writer;
    private final InstantSource clock;
    private final Runnable stop;
    private final SecureRandom random = new SecureRandom();

    /** A key that was made, with the only look at the whole of it. */
    public record Created(IssuedKey key, KeySecret secret) {}

    /** A key as it is listed, with its last use as far as a collector has noted one. */
    public record Listed(IssuedKey key, Optional<Instant> lastUsedAt) {}

    /** A service over a directory that somebody else keeps. */
    public ApiKeyService(ApiKeyDirectory directory, RecordWriter writer, InstantSource clock, Runnable stop) {
        this.directory = directory;
        this.writer = writer;
        this.clock = clock;
        this.stop = stop;
    }

    /**
     * Opens the service, which reaches out for Kafka by and by.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @param writer writes the changes; it is not closed with the service
     * @param clock tells when keys are made and revoked
     * @throws dev.muster.schemas.settings.InvalidSettingException if no address can be made out
     */
    public static ApiKeyService open(String bootstrap, RecordWriter writer, InstantSource clock) {
        ApiKeyDirectory directory = new ApiKeyDirectory();
        TopicFollower follower = TopicFollower.start(bootstrap, Topics.API_KEYS, "muster-api-keys", directory);
        return new ApiKeyService(directory, writer, clock, follower::close);
    }

    /** Whether all keys have been read. */
    public boolean isComplete() {
        return directory.isComplete();
    }

    /**
     * An account's keys, the newest first.
     *
     * @throws UnavailableException until all have been read
     */
    public List<Listed> list(String account) {
        requireComplete();
        return directory.of(account).stream()
                .map(key -> new Listed(key, directory.lastUsedAt(key)))
                .toList();
    }

    /**
     * Makes a key. The whole of it is in the answer, and nowhere else.
     *
     * @throws UnavailableException if Kafka does not acknowledge it; it may be there nevertheless, but nobody has it
     */
    public Created create(String account, NewKey wanted) {
        KeySecret secret = KeySecret.generate(random);
        IssuedKey key = new IssuedKey(
                account,
                newId(),
                secret.hash(),
                secret.prefix(),
                wanted.label(),
                wanted.agent(),
                wanted.privacy(),
                now(),
                Optional.empty());
        write(key);
        return new Created(key, secret);
    }

    /**
     * Revokes a key for good; one that is revoked already stays so.
     *
     * @return false if the account has no key with that id
     * @throws UnavailableException until all keys have been read, or if Kafka does not acknowledge it
     */
    public boolean revoke(String account, String id) {
        requireComplete();
        Optional<IssuedKey> known = directory.byId(account, id);
        known.filter(key -> key.revokedAt().isEmpty()).ifPresent(key -> write(key.revoked(now())));
        return known.isPresent();
    }

    @Override
    public void close() {
        stop.run();
    }

    private void write(IssuedKey key) {
        writer.write(Topics.API_KEYS, key.row().keyBytes(), KeyFormat.write(key), "the change of the key");
        directory.add(key);
    }

    private void requireComplete() {
        if (!directory.isComplete()) {
            throw new UnavailableException("The API keys have not been read from Kafka yet.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return "key_" + HexFormat.of().formatHex(bytes);
    }
}
