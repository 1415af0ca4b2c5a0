/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A bounded number of permits to read the stores. What is read for an answer lies in memory, as views, as JSON and as bytes,
 * so few are read at a time, by the size of the heap. The others wait in a bounded queue, first come, first served, and hold
 * no thread. A permit is given back as soon as the answer's bytes are there: a slow client does not keep one.
 */
public final class ReadPermits implements AutoCloseable {

    /** How long a permit is waited for before the client is told to come again. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** So much heap a permit: a page takes a tenth of it, or at worst a third, and most of the heap is the sessions'. */
    private static final long HEAP_BYTES = 96L << 20;

    private static final int MIN_PERMITS = 2;
    private static final int MAX_PERMITS = 32;
    private static final int MAX_WAITING = 1024;

    private final int max;
    private final int maxWaiting;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer;

    private final Object lock = new Object();
    private final ReadQueue queue = new ReadQueue();
    private int inUse;
    private boolean closed;

    /** As many permits as the heap has room for. */
    public ReadPermits() {
        this(
                (int) Math.max(
                        MIN_PERMITS, Math.min(MAX_PERMITS, Runtime.getRuntime().maxMemory() / HEAP_BYTES)),
                MAX_WAITING,
                TIMEOUT);
    }

    /**
     * Permits.
     *
     * @param max how many there are
     * @param maxWaiting how many may wait for one, and as many scans for their turn; one more is refused at once
     * @param timeout how long one is waited for, for a turn among the scans too
     */
    public ReadPermits(int max, int maxWaiting, Duration timeout) {
        this.max = max;
        this.maxWaiting = maxWaiting;
        this.timeout = timeout;
        timer = DaemonThreads.timer("muster-permit-timeout");
    }

    /** How many wait for a permit. */
    public int waiting() {
        synchronized (lock) {
            return queue.size();
        }
    }

    /**
     * Asks for a permit; it has to be given back if it is granted.
     *
     * @param clientGone whether nobody waits for it any more: if it has to wait, it is then refused when its
     *     turn comes or its place is needed
     */
    ReadPermit acquire(BooleanSupplier clientGone) {
        return enqueue(new ReadPermit(this, false, clientGone));
    }

    /** The same for what looks through all of an account: it is long about it, so only one is granted at a time. */
    ReadPermit acquireScan(BooleanSupplier clientGone) {
        return enqueue(new ReadPermit(this, true, clientGone));
    }

    /** A permit that is free now, or one that is refused. */
    ReadPermit tryAcquire() {
        ReadPermit permit = new ReadPermit(this, false, () -> false);
        boolean granted;
        synchronized (lock) {
            granted = !closed && inUse < max;
            if (granted) {
                inUse++;
            }
        }
        permit.decide(granted);
        return permit;
    }

    /** Refuses what waits and what is still to come. */
    @Override
    public void close() {
        Decisions decisions = new Decisions();
        synchronized (lock) {
            closed = true;
            decisions.refused.addAll(queue.clear());
        }
        decisions.announce();
        timer.shutdownNow();
    }

    void release(ReadPermit permit) {
        Decisions decisions = new Decisions();
        synchronized (lock) {
            inUse--;
            queue.ended(permit);
            grantNext(decisions);
        }
        decisions.announce();
    }

    private ReadPermit enqueue(ReadPermit permit) {
        Decisions decisions = new Decisions();
        synchronized (lock) {
            if (closed) {
                decisions.refused.add(permit);
            } else if (inUse < max && queue.admitsAtOnce(permit)) {
                inUse++;
                decisions.granted.add(permit);
            } else {
                waitOrRefuse(permit, decisions);
            }
        }
        decisions.announce();
        return permit;
    }

    private void waitOrRefuse(ReadPermit permit, Decisions decisions) {
        if (queue.waitingBeside(permit) >= maxWaiting) {
            queue.removeGone(decisions.refused);
        }
        if (queue.waitingBeside(permit) >= maxWaiting) {
            decisions.refused.add(permit);
        } else {
            queue.add(permit);
            grantNext(decisions);
            refuseLater(permit);
        }
    }

    private void refuseLater(ReadPermit permit) {
        Future<?> refusal = timer.schedule(() -> timeOut(permit), timeout.toNanos(), TimeUnit.NANOSECONDS);
        permit.whenDecided(() -> refusal.cancel(false));
    }

    private void grantNext(Decisions decisions) {
        while (inUse < max) {
            ReadPermit next = queue.next(decisions.refused).orElse(null);
            if (next == null) {
                return;
            }
            inUse++;
            decisions.granted.add(next);
        }
    }

    private void timeOut(ReadPermit permit) {
        Decisions decisions = new Decisions();
        synchronized (lock) {
            if (queue.remove(permit)) {
                decisions.refused.add(permit);
                grantNext(decisions);
            }
        }
        decisions.announce();
    }

    /** What was decided under the lock, to be announced without it. */
    private static final class Decisions {

        private final List<ReadPermit> granted = new ArrayList<>();
        private final List<ReadPermit> refused = new ArrayList<>();

        void announce() {
            granted.forEach(permit -> permit.decide(true));
            refused.forEach(permit -> permit.decide(false));
        }
    }
}
