/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ErrorAnswersTest {

    private final Api api = Api.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "", "1.5", "%201", "0x10", "0", "-1", "501", "99999999999999999999", "%2B5"})
    void aLimitThatIsNoNumberWithinItsBoundsIsRefused(String limit) throws Exception {
        Api.assertProblem(
                api.get("/v1/me/sessions?limit=" + limit),
                400,
                "invalid_request",
                "limit must be a whole number from 1 to 500.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me/sessions", "/v1/me/sessions/s-1/traces", "/v1/me/sessions/s-1/events"})
    void aForeignCursorIsRefused(String path) throws Exception {
        Api.assertProblem(api.get(path + "?cursor=x"), 400, "invalid_cursor", "The cursor «x» is none of this list's.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/traces", "/events"})
    void anUnknownSessionIsNotFound(String what) throws Exception {
        Api.assertProblem(api.get("/v1/me/sessions/none" + what), 404, "not_found", "There is no session «none».");
    }

    @Test
    void anUnknownTraceIsNotFound() throws Exception {
        Api.assertProblem(
                api.get("/v1/me/sessions/s-1/traces/t%2F9"),
                404,
                "not_found",
                "There is no trace «t/9» in a session «s-1».");
    }

    @Test
    void aPlusInAPathIsAPlus() throws Exception {
        Api.assertProblem(api.get("/v1/me/sessions/a+b"), 404, "not_found", "There is no session «a+b».");
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        Api.assertProblem(api.get("/v1/nothing"), 404, "not_found", "There is no /v1/nothing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void anotherMethodIsNotAllowed(String method) throws Exception {
        HttpResponse<String> response = api.send(method, "/v1/me/sessions/s-1");

        Api.assertProblem(response, 405, "method_not_allowed", method + " is not answered here; use GET, HEAD.");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/me/sessions/%FF", "/v1/me/sessions/%zz", "/v1/me//sessions", "/v1/me/sessions/%"})
    void aMalformedPathIsToldInJson(String path) throws IOException {
        String response = api.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response)
                .startsWith("HTTP/1.1 400 ")
                .contains("application/json")
                .contains("{\"error\":\"");
    }

    @Test
    void anUnknownVersionOfHttpIsTheSendersFault() throws IOException {
        assertThat(api.raw("GET /health HTTP/9\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 505 ")
                .contains("{\"error\":\"invalid_request\"");
    }

    @Test
    void storesThatAreNotReadyAreToBeAskedAgain() throws Exception {
        HttpResponse<String> response = api.get("/v1/me/sessions/" + FakeReader.RESTORING);

        Api.assertProblem(response, 503, "unavailable", "The stores are being restored.");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeReader.BROKEN, FakeReader.EXHAUSTED})
    void whatNobodyForesawIsLoggedOnceAndToldWithoutItsInside(String id) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            Api.assertProblem(
                    api.get("/v1/me/sessions/" + id),
                    500,
                    "internal",
                    "Something failed here, and not by your request; the service's log tells what.");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }
}
