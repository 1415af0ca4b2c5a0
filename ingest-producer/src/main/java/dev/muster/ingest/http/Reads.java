/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Routes that are read: HEAD is answered by the same handler as GET, with the same status and headers. */
final class Reads {

    private Reads() {}

    static void add(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
