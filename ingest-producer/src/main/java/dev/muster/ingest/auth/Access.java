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
     * @param account the account it stands for
     */
    record Granted(String account) implements Access {}

    /**
     * No key, or an unknown one.
     *
     * @param reason as Voight's contract words it: missing_bearer or invalid_key
     */
    record Refused(String reason) implements Access {}

    /** Judges a header. */
    static Access of(Optional<String> authorization, ApiKeys keys) {
        return authorization
                .map(String::strip)
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("bearer "))
                .map(header -> header.substring("bearer ".length()).strip())
                .map(key -> keys.accountOf(key).<Access>map(Granted::new).orElseGet(() -> new Refused("invalid_key")))
                .orElseGet(() -> new Refused("missing_bearer"));
    }
}
