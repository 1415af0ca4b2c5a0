/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.KafkaEventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends the spool on: batch by batch, each removed when Kafka has acknowledged it. What fails is sent
 * again with all that follows it, for ever. When no more is left it opens the direct path, and watches over it.
 */
final class Drain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int BATCH = 500;
    private static final long BATCH_BYTES = 1024L * 1024;
    private static final long LEAST_PAUSE_MILLIS = 50;
    private static final long MOST_PAUSE_MILLIS = 1000;

    private record Sent(SpooledRecord record, CompletableFuture<Void> acknowledged) {

        /** Whether it failed already, and may not the next time. */
        boolean isFailed() {
            return acknowledged
                    .handle((done, failure) -> failure != null && !DirectPath.isForGood(DirectPath.cause(failure)))
                    .getNow(false);
        }
    }

    private final KafkaEventLog kafka;
    private final Spool spool;
    private final DirectPath path;
    private final Duration patience;
    private final Duration bound;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "muster-spool-drain");
    private long pauseMillis = LEAST_PAUSE_MILLIS;
    private volatile long closeBy;

    /** The number of the last record that needs no sending any more. */
    private long done;

    private boolean failing;

    /**
     * A drain that has to be started.
     *
     * @param patience how long the last records may take when events go to Kafka already
     * @param bound how long a batch may take, and how long closing goes on
     */
    Drain(KafkaEventLog kafka, Spool spool, DirectPath path, Duration patience, Duration bound) {
        this.kafka = kafka;
        this.spool = spool;
        this.path = path;
        this.patience = patience;
        this.bound = bound;
    }

    void start() {
        thread.start();
    }

    /** Goes on as long as Kafka takes what there is, within the bound. */
    @Override
    public void close() {
        closeBy = System.nanoTime() + bound.toNanos();
        closing.countDown();
        path.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean going = step();
                if (closing() && (!going || path.open() || System.nanoTime() - closeBy >= 0)) {
                    return;
                }
                if (!going) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on by a batch; false if it could not. */
    private boolean step() throws InterruptedException {
        try {
            if (path.open()) {
                path.watch();
                return true;
            }
            return kafka.connected() && sendOn();
        } catch (RocksDBException | RuntimeException e) {
            if (!failing) {
                LOG.error("The spool in {} cannot be sent on, and is tried on", spool.folder(), e);
                failing = true;
            }
            return false;
        }
    }

    private boolean sendOn() throws RocksDBException, InterruptedException {
        List<SpooledRecord> batch = spool.after(done, BATCH, BATCH_BYTES);
        failing = false;
        if (!settle(send(batch), closing() ? untilClosed() : bound.plus(patience))) {
            return false;
        }
        pauseMillis = LEAST_PAUSE_MILLIS;
        if (isRest(batch) && isRest(spool.after(done, BATCH, BATCH_BYTES))) {
            handOver(!batch.isEmpty());
        }
        return true;
    }

    /** Whether a batch took in all that there was, so that what came since is little. */
    private static boolean isRest(List<SpooledRecord> batch) {
        return batch.size() < BATCH
                && batch.stream().mapToLong(SpooledRecord::cost).sum() < BATCH_BYTES;
    }

    /** Sends the last records, lets events go to Kafka behind them, and only then waits for the acknowledgements. */
    private void handOver(boolean drained) throws RocksDBException, InterruptedException {
        List<Sent> last = new ArrayList<>();
        path.hold();
        try {
            spool.awaitWritten();
            if (sendRest(last)) {
                path.letThrough();
            }
        } finally {
            if (!path.open()) {
                path.divert("it has not taken the last of the spool");
            }
        }
        if (!settle(last, patience)) {
            path.divert("it has not acknowledged the last of the spool in time");
        } else if (path.open() && (drained || !last.isEmpty())) {
            spool.shrink();
            LOG.info("The spool in {} is empty; events go to Kafka again.", spool.folder());
        }
    }

    /** Sends all that is left; false if it could not. */
    private boolean sendRest(List<Sent> sent) throws RocksDBException {
        List<SpooledRecord> batch = spool.after(done, BATCH, BATCH_BYTES);
        while (!batch.isEmpty()) {
            sent.addAll(send(batch));
            Sent last = sent.get(sent.size() - 1);
            if (last.isFailed()) {
                return false;
            }
            batch = spool.after(last.record().sequence(), BATCH, BATCH_BYTES);
        }
        return true;
    }

    /** Sends records until one fails at once: each further one could keep this thread waiting. */
    private List<Sent> send(List<SpooledRecord> records) {
        List<Sent> sent = new ArrayList<>();
        for (SpooledRecord record : records) {
            Sent one = new Sent(record, kafka.send(record.event()));
            sent.add(one);
            if (one.isFailed()) {
                break;
            }
        }
        return sent;
    }

    /** Removes what was acknowledged before the first failure; false if there was one. */
    private boolean settle(List<Sent> sent, Duration within) throws RocksDBException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        List<SpooledRecord> acknowledged = new ArrayList<>();
        long settled = done;
        boolean all = true;
        for (Sent one : sent) {
            try {
                one.acknowledged().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged.add(one.record());
            } catch (ExecutionException e) {
                Throwable cause = DirectPath.cause(e);
                if (!DirectPath.isForGood(cause)) {
                    all = false;
                    break;
                }
                spool.setAside(one.record(), String.valueOf(cause.getMessage()));
            } catch (TimeoutException e) {
                all = false;
                break;
            }
            settled = one.record().sequence();
        }
        spool.remove(acknowledged);
        done = settled;
        return all;
    }

    private boolean closing() {
        return closing.getCount() == 0;
    }

    private Duration untilClosed() {
        return Duration.ofNanos(Math.max(0, closeBy - System.nanoTime()));
    }

    private void pause() throws InterruptedException {
        closing.await(pauseMillis, TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(2 * pauseMillis, MOST_PAUSE_MILLIS);
    }
}
