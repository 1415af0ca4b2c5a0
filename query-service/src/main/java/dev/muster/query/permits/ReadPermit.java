/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A permit to read, from when it is asked for until it is given back. */
public final class ReadPermit {

    private final ReadPermits permits;
    private final boolean scan;
    private final BooleanSupplier clientGone;
    private final CompletableFuture<Boolean> decision = new CompletableFuture<>();
    private final AtomicBoolean released = new AtomicBoolean();

    ReadPermit(ReadPermits permits, boolean scan, BooleanSupplier clientGone) {
        this.permits = permits;
        this.scan = scan;
        this.clientGone = clientGone;
    }

    /** Whether it is for looking through all of an account. */
    boolean isScan() {
        return scan;
    }

    /** Whether nobody waits for it any more. */
    boolean isClientGone() {
        return clientGone.getAsBoolean();
    }

    /** Ends the waiting: it may be used, or is refused. */
    void decide(boolean granted) {
        decision.complete(granted);
    }

    /** Whether the waiting is over. */
    boolean isDecided() {
        return decision.isDone();
    }

    /** Whether the waiting is over, and it may be used. */
    boolean isGranted() {
        return decision.getNow(false);
    }

    /** Runs something that throws nothing when the waiting is over, on any thread; at once if it is over already. */
    void whenDecided(Runnable then) {
        CompletableFuture<Void> unused = decision.thenRun(then);
    }

    /** Waits for the end of the waiting; whether it may be used then. */
    boolean awaitDecision() {
        return decision.join();
    }

    /** Gives it back; once is enough, and again is harmless. One that was refused has nothing to give. */
    public void release() {
        if (isGranted() && released.compareAndSet(false, true)) {
            permits.release(this);
        }
    }
}
