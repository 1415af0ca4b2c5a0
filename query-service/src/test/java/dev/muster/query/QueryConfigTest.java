/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryConfigTest {

    @Test
    void theDefaultsAreLoopbackAndTheLocalAccount() {
        assertThat(QueryConfig.from(Settings.of(Map.of()))).isEqualTo(new QueryConfig("127.0.0.1", 8080, "local"));
    }

    @Test
    void everySettingIsRead() {
        Settings settings = Settings.of(
                Map.of("MUSTER_QUERY_HOST", "::1", "MUSTER_QUERY_PORT", "0", "MUSTER_QUERY_ACCOUNT", "team-1"));

        assertThat(QueryConfig.from(settings)).isEqualTo(new QueryConfig("::1", 0, "team-1"));
        settings.refuseUnknown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "not an address"})
    void anAddressThatOthersReachIsRefused(String host) {
        assertThatThrownBy(() -> QueryConfig.from(Settings.of(Map.of("MUSTER_QUERY_HOST", host))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_QUERY_HOST is " + host
                        + ", and must be a loopback address such as 127.0.0.1: the API has no login yet.");
    }

    @ParameterizedTest
    @CsvSource({"MUSTER_QUERY_PORT, 65536", "MUSTER_QUERY_PORT, http", "MUSTER_QUERY_ACCOUNT, Team One"})
    void aWrongValueIsNamed(String name, String value) {
        assertThatThrownBy(() -> QueryConfig.from(Settings.of(Map.of(name, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value);
    }

    @Test
    void aPortGivenByAProgramIsCheckedToo() {
        assertThatThrownBy(() -> new QueryConfig("127.0.0.1", -1, "local"))
                .hasMessage("MUSTER_QUERY_PORT is -1, and must be from 0 to 65535.");
    }
}
