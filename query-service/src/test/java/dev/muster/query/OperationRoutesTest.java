/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Version;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationRoutesTest {

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void healthIsTold() throws Exception {
        assertThat(api.get("/health").body())
                .isEqualTo("{\"status\":\"ok\",\"service\":\"muster\",\"uptime\":0.0,\"version\":\"" + Version.current()
                        + "\"}");
        assertThat(api.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(api.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aServiceThatIsNotReadySaysWhy() throws Exception {
        api.notReady("The stores are being restored.");

        Api.assertProblem(api.get("/health/ready"), 503, "unavailable", "The stores are being restored.");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(api.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/health/live",
                "/health/ready",
                "/v1/me/sessions",
                "/v1/me/sessions/s-1",
                "/v1/me/sessions/none",
                "/v1/me/sessions/s-1/events",
                "/v1/nothing"
            })
    void headIsAnsweredAsGetIs(String path) throws Exception {
        api.notReady("The stores are being restored.");
        HttpResponse<String> get = api.get(path);

        HttpResponse<String> head = api.send("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (String header : List.of("Content-Type", "Content-Length", "Retry-After")) {
            assertThat(head.headers().firstValue(header))
                    .isEqualTo(get.headers().firstValue(header));
        }
    }

    @Test
    void metricsNameRoutesAndNeverIds() throws Exception {
        api.get("/v1/me/sessions/s-1");
        api.get("/v1/me/sessions/none");
        api.get("/v1/nothing");

        assertThat(api.get("/metrics").headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        await().untilAsserted(() -> assertThat(api.get("/metrics").body())
                .contains(count("/v1/me/sessions/{id}", 200))
                .contains(count("/v1/me/sessions/{id}", 404))
                .contains(count("none", 404))
                .doesNotContain("s-1"));
    }

    private static String count(String route, int status) {
        return "muster_http_server_requests_seconds_count{method=\"GET\",route=\"" + route + "\",status=\"" + status
                + "\"} 1";
    }
}
