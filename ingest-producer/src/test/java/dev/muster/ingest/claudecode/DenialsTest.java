/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialsTest {

    @ParameterizedTest
    @CsvSource({
        "config,settings_blocked",
        "rule,settings_blocked",
        "settings,settings_blocked",
        "hook,hook_blocked",
        "user,user_rejected",
        "user_reject,user_rejected",
        "user_abort,user_rejected",
        "user_permanent,user_rejected",
        "user_temporary,user_rejected",
        "'',user_rejected",
        "something_new,user_rejected"
    })
    void aDenialIsOfWhoDecided(String source, String type) {
        assertThat(Denials.type(source)).isEqualTo(type);
    }
}
