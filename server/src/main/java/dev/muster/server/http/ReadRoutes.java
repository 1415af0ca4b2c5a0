/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Routes that are read: HEAD is answered by the same handler as GET, with the same status and headers. */
public final class ReadRoutes {

    private ReadRoutes() {}

    /** Adds a route. */
    public static void add(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
