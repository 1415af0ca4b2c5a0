/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

    @Test
    void severalAddressesAreDividedByCommas() {
        assertThat(RegistryConfig.from(Settings.of(Map.of(RegistryConfig.URL, "http://a:8081/, https://b/apis/v7"))))
                .hasValueSatisfying(config -> assertThat(config.urls())
                        .containsExactly(URI.create("http://a:8081"), URI.create("https://b/apis/v7")));
        assertThat(RegistryConfig.from(Settings.of(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:8081", "ftp://a", "http://", "http://a,,http://b", "http://a b", "http://a?x=1"})
    void whatIsNoAddressIsNamed(String url) {
        assertThatThrownBy(() -> RegistryConfig.from(Settings.of(Map.of(RegistryConfig.URL, url))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageMatching("MUSTER_SCHEMA_REGISTRY_URL has «[^»]*», and must be [^\\n]+\\.");
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThatThrownBy(
                        () -> RegistryConfig.from(Settings.of(Map.of(RegistryConfig.URL, "http://me:secret@a:8081"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> RegistryConfig.from(
                        Settings.of(Map.of(RegistryConfig.URL, "http://a", RegistryConfig.AUTH, "secret"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_SCHEMA_REGISTRY_AUTH must be user:password.");
        assertThatThrownBy(() -> RegistryConfig.from(Settings.of(Map.of(RegistryConfig.AUTH, "me:secret"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageNotContaining("secret");
    }
}
