/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private final ApiKeys keys = ApiKeys.parse("vk_one=acme, vk_two=umbrella");

    @Test
    void aKeyStandsForItsAccount() {
        assertThat(account("Bearer vk_one")).isEqualTo("acme");
        assertThat(account("bearer  vk_two ")).isEqualTo("umbrella");
    }

    private String account(String header) {
        return ((Access.Granted) Access.of(Optional.of(header), keys)).sender().account();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic dms6", "vk_one", "Bearervk_one"})
    void anotherHeaderIsNone(String header) {
        assertThat(Access.of(Optional.of(header), keys)).isEqualTo(new Access.Refused("missing_bearer"));
    }

    @Test
    void noHeaderAndAnUnknownKeyAreToldApart() {
        assertThat(Access.of(Optional.empty(), keys)).isEqualTo(new Access.Refused("missing_bearer"));
        assertThat(Access.of(Optional.of("Bearer vk_three"), keys)).isEqualTo(new Access.Refused("invalid_key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vk_secret                       | must be a key and its account",
                "vk_a=acme,                      | entry 2 of 2, must be a key",
                "vk_a=b=c                        | must be a key and its account",
                "secret=acme                     | has a key that is not vk_",
                "vk_sec ret=acme                 | has a key that is not vk_",
                "vk_secret=Acme                  | has an account that is not",
                "vk_secret=acme,vk_secret=other  | entry 2 of 2, repeats a key"
            })
    void aWrongListIsToldWithoutTheKey(String listed, String message) {
        assertThatThrownBy(() -> ApiKeys.parse(listed))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_API_KEYS, entry ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("sec")
                .hasMessageEndingWith(".");
    }
}
