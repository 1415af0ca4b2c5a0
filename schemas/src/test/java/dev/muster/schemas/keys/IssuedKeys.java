/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import dev.muster.schemas.PrivacyLevel;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Keys of any kind. */
final class IssuedKeys extends DomainContextBase {

    @Provide
    Arbitrary<IssuedKey> keys() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(64),
                        Arbitraries.strings().withCharRange('0', '9').ofMinLength(1),
                        Arbitraries.strings().ofLength(3).alpha(),
                        Arbitraries.of("bot", "ein Schlüssel 🦊", "x"),
                        Arbitraries.of("bot", "c0123456789012345678901234").optional(),
                        Arbitraries.of(PrivacyLevel.class).optional(),
                        times(),
                        times().optional())
                .as((account, id, key, label, agent, privacy, createdAt, revokedAt) -> new IssuedKey(
                        account, "key_" + id, KeySecret.hash(key), key, label, agent, privacy, createdAt, revokedAt));
    }

    static IssuedKey good(String account, String id, String key, Instant createdAt) {
        return new IssuedKey(
                account,
                id,
                KeySecret.hash(key),
                key,
                "label",
                Optional.empty(),
                Optional.empty(),
                createdAt,
                Optional.empty());
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    }
}
