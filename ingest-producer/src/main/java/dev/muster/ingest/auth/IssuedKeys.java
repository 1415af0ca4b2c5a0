/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import dev.muster.schemas.Topics;
import dev.muster.schemas.keys.ApiKeyDirectory;
import dev.muster.schemas.keys.IssuedKey;
import dev.muster.server.kafka.TopicFollower;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.Producer;

/**
 * The keys that may send: those of the setting, then those that were issued. While the issued ones are still being read,
 * a key that is not known is neither good nor bad.
 */
public final class IssuedKeys implements Senders {

    private final Senders set;
    private final ApiKeyDirectory directory;
    private final KeyUses uses;
    private final Runnable stop;

    /** Combines the keys of the setting with those of a directory that somebody else keeps. */
    IssuedKeys(Senders set, ApiKeyDirectory directory, KeyUses uses, Runnable stop) {
        this.set = set;
        this.directory = directory;
        this.uses = uses;
        this.stop = stop;
    }

    /**
     * Begins to follow the issued keys.
     *
     * @param set the keys of the setting
     * @param bootstrap Kafka's addresses
     * @param producer writes when keys are used; it stays its owner's to close
     * @param clock tells the time of a use
     */
    public static IssuedKeys follow(
            Senders set, String bootstrap, Producer<byte[], byte[]> producer, InstantSource clock) {
        ApiKeyDirectory directory = new ApiKeyDirectory();
        TopicFollower follower = TopicFollower.start(bootstrap, Topics.API_KEYS, "muster-collector-keys", directory);
        KeyUses uses = new KeyUses(producer, clock);
        uses.start();
        return new IssuedKeys(set, directory, uses, () -> {
            follower.close();
            uses.close();
        });
    }

    @Override
    public Access find(String key) {
        Access bySetting = set.find(key);
        return bySetting instanceof Access.Granted
                ? bySetting
                : directory.find(key).map(this::judge).orElseGet(() -> unknown(bySetting));
    }

    private Access judge(IssuedKey key) {
        if (key.revokedAt().isPresent()) {
            return new Access.Refused("revoked_key");
        }
        uses.note(key.row());
        return new Access.Granted(new Sender(key.account(), key.id(), key.agent(), key.privacy()));
    }

    private Access unknown(Access bySetting) {
        return directory.isComplete() ? bySetting : new Access.Undecided();
    }

    @Override
    public boolean complete() {
        return directory.isComplete();
    }

    @Override
    public void close() {
        stop.run();
    }
}
