/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import dev.muster.schemas.PrivacyLevel;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that was issued, without the key itself.
 *
 * @param account the account that its events belong to
 * @param id the key's own id, which tells nothing of the key
 * @param hash the key's {@link KeySecret#hash(String)}
 * @param prefix the key's first characters
 * @param label what its owner calls it
 * @param agent the label or id of the one agent that it may send for; empty when it may for any
 * @param privacy how much of what it sends may be kept; empty where its account's level holds
 * @param createdAt when it was made, in whole milliseconds
 * @param revokedAt from when on it is refused, in whole milliseconds; empty while it is good
 */
public record IssuedKey(
        String account,
        String id,
        String hash,
        String prefix,
        String label,
        Optional<String> agent,
        Optional<PrivacyLevel> privacy,
        Instant createdAt,
        Optional<Instant> revokedAt) {

    /** Where it stands in the topic. */
    public KeyRow row() {
        return new KeyRow(account, id);
    }

    /** The same key, refused from a time on; one that was revoked before stays as it is. */
    public IssuedKey revoked(Instant at) {
        return revokedAt.isPresent()
                ? this
                : new IssuedKey(account, id, hash, prefix, label, agent, privacy, createdAt, Optional.of(at));
    }
}
