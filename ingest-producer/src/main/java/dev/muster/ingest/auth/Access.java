/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import java.util.Locale;
import java.util.Optional;

/** What an {@code Authorization} header gives its sender. */
public sealed interface Access {

    /**
     * A known key.
     *
     * @param sender who it stands for
     */
    record Granted(Sender sender) implements Access {}

    /**
     * No key, or one that may not send.
     *
     * @param reason as Voight's contract words it: missing_bearer, invalid_key or revoked_key
     */
    record Refused(String reason) implements Access {}

    /** A key that is not known yet to be good or bad: the keys that were issued are still being read. */
    record Undecided() implements Access {}

    /** Judges a header. */
    static Access of(Optional<String> authorization, Senders senders) {
        return authorization
                .map(String::strip)
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .map(header -> header.substring("bearer ".length()).strip())
                .map(senders::find)
                .orElseGet(() -> new Refused("missing_bearer"));
    }
}
