/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign name that points at this machine gets nothing, for a browser would give it to that name's pages. */
class LoopbackHostGuardTest {

    private final Api api = Api.start();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/me/sessions, evil.example:8080",
        "GET, /v1/me/sessions, 127.0.0.1.evil.example",
        "GET, /v1/me/keys, localhost.evil.example",
        "GET, /v1/me/events, evil.example:127.0.0.1",
        "GET, /metrics, 10.0.0.1",
        "GET, /health, [::2]",
        "HEAD, /v1/me/events, localhost.",
        "POST, /v1/me/keys, evil.example:8080",
        "GET, /nowhere, evil.example",
    })
    void aForeignNameIsRefused(String method, String path, String host) throws Exception {
        assertThat(answer(method, path, host, "Origin: http://" + host)).startsWith("HTTP/1.1 4");
        assertThat(answer(method, path, host, "Accept: */*"))
                .doesNotStartWith("HTTP/1.1 2")
                .startsWith(host.startsWith("evil.example:127") ? "HTTP/1.1 400 " : "HTTP/1.1 403 ");
        assertThat(api.kafka().history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:8080"})
    void thisMachinesNamesAreAnswered(String host) throws Exception {
        assertThat(answer("GET", "/v1/me/sessions", host, "Accept: */*")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(answer("GET", "/v1/me", "evil.example", "Accept: */*"))
                .endsWith(
                        "{\"error\":\"forbidden\",\"message\":\"The API answers under this machine's own names only, such as"
                                + " localhost or 127.0.0.1.\"}");
    }

    @Test
    void aPageOfAnotherOriginMayReadNothingByItselfButIsAnswered() throws Exception {
        // The browser keeps the answer from it, for nothing here allows it.
        assertThat(answer("GET", "/v1/me/sessions", "127.0.0.1", "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    private String answer(String method, String path, String host, String header) throws IOException {
        return api.raw(String.join(
                "\r\n",
                method + " " + path + " HTTP/1.1",
                "Host: " + host,
                header,
                "Content-Type: application/json",
                "Content-Length: 2",
                "Connection: close",
                "",
                "{}"));
    }
}
