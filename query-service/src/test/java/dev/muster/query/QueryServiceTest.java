/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

class QueryServiceTest {

    @Test
    void aTakenPortIsToldInOneSentence() {
        try (Api first = Api.start()) {
            int port = first.port();

            assertThatThrownBy(() -> Api.start(port).close())
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage("Port " + port
                            + " of 127.0.0.1 is taken; choose another with MUSTER_QUERY_PORT or --port.");
        }
    }

    @Test
    void aClosedServiceGivesItsPortBack() throws Exception {
        Api first = Api.start();
        int port = first.port();
        first.close();

        try (Api next = Api.start(port)) {
            assertThat(next.port()).isEqualTo(port);
            assertThat(next.get("/health/live").statusCode()).isEqualTo(200);
        }
    }
}
