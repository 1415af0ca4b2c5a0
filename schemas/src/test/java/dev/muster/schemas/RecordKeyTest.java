/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {

    @Test
    void isAccountAndSession() {
        assertThat(RecordKey.ofSession("acme", "säß/1").toBytes()).isEqualTo("acme/säß/1".getBytes(UTF_8));
    }

    @Test
    void isAccountAndAgentWithoutASession() {
        String id = AgentId.of("acme", "bot");
        assertThat(RecordKey.ofAgent("acme", id)).hasToString("acme//" + id);
        assertThat(RecordKey.ofAgent("acme", "bot")).hasToString("acme//" + id);
        assertThat(RecordKey.ofAgent("acme", id).isOfAgent()).isTrue();
        assertThat(RecordKey.ofSession("acme", id).isOfAgent()).isFalse();
        assertThat(RecordKey.ofSession("acme", "/home/demo").isOfAgent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "a/b", "a b", "ä"})
    void anAccountIsLowerCaseLettersDigitsAndHyphens(String account) {
        assertThat(RecordKey.isAccount(account)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKey.ofSession(account, "s"))
                .withMessageStartingWith("account is not");
    }

    @Test
    void anAccountHasAtMost64Characters() {
        assertThat(RecordKey.isAccount("a".repeat(64))).isTrue();
        assertThat(RecordKey.isAccount("a".repeat(65))).isFalse();
    }

    @Test
    void aSessionHasAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordKey.ofSession("acme", ""));
    }
}
