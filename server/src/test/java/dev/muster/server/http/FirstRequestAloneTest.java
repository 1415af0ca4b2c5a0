/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Requests that come at once to a server that has just started. */
final class FirstRequestAloneTest {

    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Test
    void nobody_passes_before_the_first_has_come_far_enough_and_then_all_do() throws Exception {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        FirstRequestAlone alone = new FirstRequestAlone();
        server.setHandler(new Arrivals(alone));
        server.start();
        try {
            LocalConnector.LocalEndPoint first = connector.executeRequest(request());
            await().until(() -> entered.get() == 1);
            LocalConnector.LocalEndPoint second = connector.executeRequest(request());
            LocalConnector.LocalEndPoint third = connector.executeRequest(request());
            await().until(() -> waiting.get() == 3);
            assertThat(entered).hasValue(1);

            alone.open();
            await().until(() -> entered.get() == 3);
            mayEnd.countDown();

            assertThat(first.getResponse()).startsWith("HTTP/1.1 204");
            assertThat(second.getResponse()).startsWith("HTTP/1.1 204");
            assertThat(third.getResponse()).startsWith("HTTP/1.1 204");
        } finally {
            server.stop();
        }
    }

    private static String request() {
        return "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    /** Counts who has come this far, and who gets on. */
    private final class Arrivals extends Handler.Wrapper {

        Arrivals(Handler.Wrapper next) {
            super(next);
            next.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) throws Exception {
                    entered.incrementAndGet();
                    mayEnd.await();
                    response.setStatus(204);
                    callback.succeeded();
                    return true;
                }
            });
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            waiting.incrementAndGet();
            return super.handle(request, response, callback);
        }
    }
}
