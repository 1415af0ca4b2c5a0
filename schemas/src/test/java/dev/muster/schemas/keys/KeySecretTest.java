/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeySecretTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aKeyHasTheContractsShapeAndIsNewEachTime() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            keys.add(KeySecret.generate(random).reveal());
        }
        assertThat(keys).hasSize(1000).allMatch(key -> key.matches("vk_[A-Za-z0-9_-]{43}"));
    }

    @Test
    void itsPrefixIsWhatIsPrinted() {
        KeySecret key = KeySecret.generate(random);
        assertThat(key.prefix()).isEqualTo(key.reveal().substring(0, 11));
        assertThat(key).hasToString(key.prefix() + "…");
    }

    @Test
    void itsHashIsSha256() {
        assertThat(KeySecret.hash("vk_abc"))
                .isEqualTo("be1255a7c5cd9173d3739aa006405e7f16cd7d000540ab00119e1297bbc75fae");
        KeySecret key = KeySecret.generate(random);
        assertThat(key.hash()).isEqualTo(KeySecret.hash(key.reveal()));
    }
}
