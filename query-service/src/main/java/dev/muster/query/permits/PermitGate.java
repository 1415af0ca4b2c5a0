/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import dev.muster.server.http.WatchedEndPoint;
import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests wait for a permit to read, before the servlets: here a request that waits is an object in a queue and holds
 * no thread. One that is refused goes on as well, and is answered by its route as every other error is. Files of the audit
 * log get a thread of their own, a bounded number of them, for they wait for a permit for each of their pages.
 */
public final class PermitGate extends Handler.Wrapper implements AutoCloseable {

    /** How many files of the audit log are written at a time; one more is refused. */
    public static final int MAX_EXPORTS = 64;

    /** What a request needs before its route may run. */
    public enum Need {
        NOTHING,
        PERMIT,
        SCAN,
        THREAD
    }

    private static final String PERMIT = ReadPermit.class.getName();
    private static final String REFUSED = PermitGate.class.getName() + ".refused";
    private static final String OWN_THREAD = PermitGate.class.getName() + ".thread";
    private static final String WAITED_NANOS = PermitGate.class.getName() + ".waited";

    private static final Logger LOG = LoggerFactory.getLogger(PermitGate.class);

    private final ReadPermits permits;
    private final Function<Request, Need> needs;
    private final ExecutorService exports = DaemonThreads.bounded("muster-export", MAX_EXPORTS);

    /** A gate to permits, for requests that need some. */
    public PermitGate(ReadPermits permits, Function<Request, Need> needs) {
        this.permits = permits;
        this.needs = needs;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (needs.apply(request)) {
            case PERMIT ->
                await(permits.acquire(() -> WatchedEndPoint.isClientGone(request)), request, response, callback);
            case SCAN ->
                await(permits.acquireScan(() -> WatchedEndPoint.isClientGone(request)), request, response, callback);
            case THREAD -> export(request, response, callback);
            case NOTHING -> {
                return super.handle(request, response, callback);
            }
        }
        return true;
    }

    private void await(ReadPermit permit, Request request, Response response, Callback callback) {
        long arrived = System.nanoTime();
        if (permit.isDecided()) {
            proceed(permit, arrived, request, response, callback);
            return;
        }
        permit.whenDecided(() -> {
            try {
                request.getComponents()
                        .getExecutor()
                        .execute(() -> proceed(permit, arrived, request, response, callback));
            } catch (RejectedExecutionException e) {
                // The server is being stopped.
                permit.release();
                callback.failed(e);
            }
        });
    }

    private void proceed(ReadPermit permit, long arrived, Request request, Response response, Callback callback) {
        request.setAttribute(permit.isGranted() ? PERMIT : REFUSED, permit);
        request.setAttribute(WAITED_NANOS, System.nanoTime() - arrived);
        try {
            proceed(request, response, callback);
        } finally {
            permit.release();
        }
    }

    private void export(Request request, Response response, Callback callback) {
        try {
            request.setAttribute(OWN_THREAD, OWN_THREAD);
            exports.execute(() -> proceed(request, response, callback));
        } catch (RejectedExecutionException e) {
            request.setAttribute(REFUSED, REFUSED);
            proceed(request, response, callback);
        }
    }

    private void proceed(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable e) {
            // On its own threads Jetty does the same.
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            Response.writeError(request, response, callback, e);
        }
    }

    /**
     * The permit that a request waited for. For one that the gate let pass it is one that is free now: nobody waits on a
     * thread of the server.
     *
     * @throws ServiceUnavailableResponse if it was refused
     */
    public ReadPermit permit(Context request) {
        requireNotRefused(request);
        @Nullable ReadPermit permit = (ReadPermit) request.req().getAttribute(PERMIT);
        return permit == null ? granted(permits.tryAcquire()) : permit;
    }

    /**
     * A permit for a page of a file, which is waited for on the file's own thread; none on a thread of the server.
     *
     * @throws ServiceUnavailableResponse if it was refused
     */
    public ReadPermit permitForPage(Context request) {
        requireOwnThread(request);
        return granted(permits.acquire(() -> false));
    }

    /**
     * Lets only a request go on that has a thread of its own.
     *
     * @throws ServiceUnavailableResponse if it has none, as too many have one
     */
    public void requireOwnThread(Context request) {
        requireNotRefused(request);
        if (!hasOwnThread(request)) {
            throw refusal();
        }
    }

    /** Whether a request was given a thread of its own, on which it may wait. */
    public boolean hasOwnThread(Context request) {
        return request.req().getAttribute(OWN_THREAD) != null;
    }

    private static ReadPermit granted(ReadPermit permit) {
        if (!permit.awaitDecision()) {
            throw refusal();
        }
        return permit;
    }

    /** Answers 503 to what was refused on its way here. */
    private static void requireNotRefused(Context request) {
        if (request.req().getAttribute(REFUSED) != null) {
            throw refusal();
        }
    }

    /** How long a request waited for its permit. */
    public static float waitedMillis(Context request) {
        @Nullable Long nanos = (Long) request.req().getAttribute(WAITED_NANOS);
        return nanos == null ? 0 : (float) nanos / TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Cuts off the files that are being written. */
    @Override
    public void close() {
        DaemonThreads.stop(exports);
    }

    private static ServiceUnavailableResponse refusal() {
        return new ServiceUnavailableResponse("Too much is being read at the moment; ask again.");
    }
}
