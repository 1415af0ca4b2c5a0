/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets nobody pass until one request has. Javalin makes at its first request what all share, and without a lock (the lazy
 * value in its {@code JavalinServlet}, seen in 7.2.3): of two that came at once, as they do at a restart under load, one
 * could be answered 500 with nothing in it.
 */
final class FirstRequestAlone extends Handler.Wrapper {

    private final Object first = new Object();
    private volatile boolean isThrough;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isThrough) {
            return super.handle(request, response, callback);
        }
        synchronized (first) {
            boolean handled = super.handle(request, response, callback);
            isThrough = true;
            return handled;
        }
    }
}
