/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.server.http.ReadRoutes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Routes that are read: HEAD is answered by the same handler as GET, with the same status and headers. */
final class Reads {

    private final RoutesConfig routes;
    private final Turns turns;
    /** What looks through all of an account is long about it, and must not have all turns. */
    private final Turns alone = new Turns(1, Turns.PATIENCE);

    /** Adds to some routes what is read in turns. */
    Reads(RoutesConfig routes, Turns turns) {
        this.routes = routes;
        this.turns = turns;
    }

    /** What is read of the stores: each request waits for its turn. */
    void add(String path, Handler handler) {
        addAtOnce(path, turns.inTurn(handler));
    }

    /** What looks through all of an account: one such request at a time. */
    void addLarge(String path, Handler handler) {
        addAtOnce(path, alone(handler));
    }

    /** What is answered at once, or takes its turns itself. */
    void addAtOnce(String path, Handler handler) {
        ReadRoutes.add(routes, path, handler);
    }

    /** A handler that looks through all of an account. */
    Handler alone(Handler handler) {
        return alone.inTurn(turns.inTurn(handler));
    }

    /** The turns that requests wait for. */
    Turns turns() {
        return turns;
    }

    /** The routes, to add others. */
    RoutesConfig routes() {
        return routes;
    }
}
