/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.MalformedRecordException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyDirectoryTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ApiKeyDirectory directory = new ApiKeyDirectory();
    private final IssuedKey first = IssuedKeys.good("acme", "key_1", "vk_1", NOON);
    private final IssuedKey second = IssuedKeys.good("acme", "key_2", "vk_2", NOON.plusMillis(1));

    @Test
    void findsAKeyByItselfAndByItsId() throws Exception {
        put(first);
        assertThat(directory.find("vk_1")).hasValue(first);
        assertThat(directory.find("vk_2")).isEmpty();
        assertThat(directory.byId("acme", "key_1")).hasValue(first);
        assertThat(directory.byId("other", "key_1")).isEmpty();
    }

    @Test
    void listsAnAccountsOwnKeysTheNewestFirst() throws Exception {
        put(first);
        put(second);
        put(IssuedKeys.good("other", "key_3", "vk_3", NOON));
        assertThat(directory.of("acme")).isEqualTo(List.of(second, first));
        assertThat(directory.of("nobody")).isEmpty();
    }

    @Test
    void aRevocationIsFinal() throws Exception {
        IssuedKey revoked = first.revoked(NOON.plusSeconds(9));
        put(first);
        directory.add(revoked);
        put(first);
        assertThat(directory.find("vk_1")).hasValue(revoked);
        put(first.revoked(NOON.plusSeconds(10)));
        assertThat(directory.find("vk_1").orElseThrow().revokedAt()).isPresent();
    }

    @Test
    void aUseNeverGoesBackAndUndoesNoRevocation() throws Exception {
        put(first.revoked(NOON));
        use(first, NOON.plusSeconds(5));
        use(first, NOON.plusSeconds(1));
        assertThat(directory.lastUsedAt(first)).hasValue(NOON.plusSeconds(5));
        assertThat(directory.find("vk_1").orElseThrow().revokedAt()).hasValue(NOON);
        assertThat(directory.lastUsedAt(second)).isEmpty();
    }

    @Test
    void aRowThatIsRemovedIsNoKeyAnyMore() throws Exception {
        put(first);
        use(first, NOON);
        directory.remove("acme/key_1/used");
        assertThat(directory.lastUsedAt(first)).isEmpty();
        directory.remove("acme/key_1");
        assertThat(directory.find("vk_1")).isEmpty();
        assertThat(directory.of("acme")).isEmpty();
    }

    @Test
    void isCompleteWhenItIsTold() {
        assertThat(directory.isComplete()).isFalse();
        directory.complete();
        assertThat(directory.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme", "acme/", "/key_1", "Acme/key_1", "acme/key_1/seen", "acme/key_1/used/x", "acme/key_2"
            })
    void aRowUnderAForeignKeyIsRefused(String recordKey) {
        assertThatThrownBy(() -> directory.put(recordKey, KeyFormat.write(first)))
                .isInstanceOf(MalformedRecordException.class);
        assertThat(directory.of("acme")).isEmpty();
    }

    private void put(IssuedKey key) throws MalformedRecordException {
        directory.put(key.account() + "/" + key.id(), KeyFormat.write(key));
    }

    private void use(IssuedKey key, Instant usedAt) throws MalformedRecordException {
        directory.put(key.account() + "/" + key.id() + "/used", KeyFormat.writeUse(usedAt));
    }
}
