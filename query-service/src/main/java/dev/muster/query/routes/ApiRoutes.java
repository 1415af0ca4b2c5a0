/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.auth.Callers;
import dev.muster.query.params.Filters;
import dev.muster.query.params.Parameters;
import dev.muster.query.permits.PermitGate;
import dev.muster.query.permits.PermitGate.Need;
import dev.muster.query.permits.ReadPermit;
import dev.muster.query.permits.RouteNeeds;
import dev.muster.server.http.ReadRoutes;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.matcher.PathParser;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/**
 * The API's routes. Each is answered for the caller of its request. What reads the stores needs a permit, and its request
 * holds no thread until it has one; HEAD is answered as GET is, with the same status and headers.
 */
public final class ApiRoutes {

    private final JavalinConfig javalin;
    private final Callers callers;
    private final RouteNeeds needs;
    private final PermitGate gate;

    /**
     * Adds routes to a server.
     *
     * @param callers tells who sent a request
     * @param needs told what requests need
     * @param gate where they wait for it
     */
    public ApiRoutes(JavalinConfig javalin, Callers callers, RouteNeeds needs, PermitGate gate) {
        this.javalin = javalin;
        this.callers = callers;
        this.needs = needs;
        this.gate = gate;
    }

    /**
     * Adds all routes that answer from some services.
     *
     * @param clock tells where windows end
     */
    public void addAll(ApiServices services, InstantSource clock) {
        Filters filters = new Filters(clock, services.zones());
        new AccountRoutes(services, filters).addTo(this);
        new SessionRoutes(services.sessions(), services.account(), filters).addTo(this);
        new AcknowledgementRoutes(services.sessions(), services.commands()).addTo(this);
        new DayGroupRoutes(services.account(), filters).addTo(this);
        new TraceRoutes(services.account(), services.sessions(), filters).addTo(this);
        new AgentRoutes(services.account(), services.commands()).addTo(this);
        new AuditRoutes(services.account(), services.commands().controls(), filters).addTo(this);
        new KeyRoutes(services.keys()).addTo(this);
    }

    /** What reads little of the stores. */
    void get(String path, Parameters parameters, CallerHandler handler) {
        get(path, parameters, request -> Need.PERMIT, handler);
    }

    /** What looks through all of an account: one such request at a time. */
    void getByScan(String path, Parameters parameters, CallerHandler handler) {
        get(path, parameters, request -> Need.SCAN, handler);
    }

    /** What needs this or that, by the request. */
    void get(String path, Parameters parameters, Function<Request, Need> need, CallerHandler handler) {
        needs.add(new PathParser(path, javalin.router), need);
        ReadRoutes.add(javalin.routes, path, permitted(forCaller(parameters, handler)));
    }

    void post(String path, CallerHandler handler) {
        javalin.routes.post(path, forCaller(Parameters.NONE, handler));
    }

    void patch(String path, CallerHandler handler) {
        javalin.routes.patch(path, forCaller(Parameters.NONE, handler));
    }

    void delete(String path, CallerHandler handler) {
        javalin.routes.delete(path, forCaller(Parameters.NONE, handler));
    }

    /** Lets a request go on that is about to answer with a file; 503 if too many files are written already. */
    void requireOwnThread(Context request) {
        gate.requireOwnThread(request);
    }

    /** Reads with a permit: the one that the request has, or on a thread of its own one that is waited for there. */
    <T> T read(Context request, Supplier<T> reading) {
        if (!gate.hasOwnThread(request)) {
            return reading.get();
        }
        ReadPermit permit = gate.permitForPage(request);
        try {
            return reading.get();
        } finally {
            permit.release();
        }
    }

    private Handler forCaller(Parameters parameters, CallerHandler handler) {
        return request -> {
            Caller caller = callers.of(request);
            parameters.check(request);
            handler.handle(request, caller);
        };
    }

    /** A handler that runs with the permit its request waited for, and gives it back before its answer is written. */
    private Handler permitted(Handler handler) {
        return request -> {
            if (gate.hasOwnThread(request)) {
                // It takes a permit for each page.
                handler.handle(request);
                return;
            }
            ReadPermit permit = gate.permit(request);
            try {
                handler.handle(request);
            } finally {
                permit.release();
            }
        };
    }
}
