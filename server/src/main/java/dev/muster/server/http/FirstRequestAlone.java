/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets nobody pass until one request has come as far as the routes. Javalin makes at its first request what all share, and without a
 * lock (the lazy value in its {@code JavalinServlet}, seen in 7.2.3): of two that came at once, as they do at a restart under load,
 * one could be answered 500 with nothing in it. How long the first one takes afterwards is no matter.
 */
final class FirstRequestAlone extends Handler.Wrapper {

    private final AtomicBoolean hasCome = new AtomicBoolean();
    private final CountDownLatch isThrough = new CountDownLatch(1);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasCome.getAndSet(true)) {
            try {
                return super.handle(request, response, callback);
            } finally {
                open();
            }
        }
        isThrough.await();
        return super.handle(request, response, callback);
    }

    /** The first request has come as far as it must: the others may pass. */
    void open() {
        isThrough.countDown();
    }
}
