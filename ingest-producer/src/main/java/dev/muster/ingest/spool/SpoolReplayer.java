/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.kafka.KafkaFailures;
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
 * The thread that sends the spool to Kafka, in batches, and then turns the {@link DeliveryGate} back to direct.
 *
 * <p>A batch is removed from the spool when Kafka has acknowledged it. What fails is sent again with all that follows
 * it, without end. While the gate is direct the thread watches it.
 */
final class SpoolReplayer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolReplayer.class);
    private static final int BATCH_RECORDS = 500;
    private static final long BATCH_BYTES = 1024L * 1024;
    private static final long MIN_BACK_OFF_MILLIS = 50;
    private static final long MAX_BACK_OFF_MILLIS = 1000;

    private record SentRecord(SpooledRecord record, CompletableFuture<Void> acknowledged) {

        /** Whether sending it has failed so far in a way that another attempt may mend. */
        boolean isFailed() {
            return acknowledged
                    .handle((replayed, failure) ->
                            failure != null && !KafkaFailures.isPermanent(KafkaFailures.cause(failure)))
                    .getNow(false);
        }
    }

    private final KafkaEventLog kafka;
    private final Spool spool;
    private final DeliveryGate gate;
    private final Duration timeout;
    private final Duration sendTimeout;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "muster-spool-drain");
    private long backOffMillis = MIN_BACK_OFF_MILLIS;
    private volatile long closeDeadline;

    /** The sequence number of the last record that is acknowledged or set aside. */
    private long replayed;

    private boolean failing;

    /**
     * Creates a replayer that has to be started.
     *
     * @param timeout how long Kafka may take for the last records, behind which events go to Kafka already
     * @param sendTimeout how long Kafka may take for a batch, and how long closing may go on sending
     */
    SpoolReplayer(KafkaEventLog kafka, Spool spool, DeliveryGate gate, Duration timeout, Duration sendTimeout) {
        this.kafka = kafka;
        this.spool = spool;
        this.gate = gate;
        this.timeout = timeout;
        this.sendTimeout = sendTimeout;
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, which sends on while Kafka acknowledges batches, for the send timeout at most. */
    @Override
    public void close() {
        closeDeadline = System.nanoTime() + sendTimeout.toNanos();
        closing.countDown();
        gate.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean progressed = step();
                if (closing() && (!progressed || gate.isDirect() || System.nanoTime() - closeDeadline >= 0)) {
                    return;
                }
                if (!progressed) {
                    backOff();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a batch, or watches the gate; false if Kafka or the disk failed. */
    private boolean step() throws InterruptedException {
        try {
            if (gate.isDirect()) {
                gate.watch();
                return true;
            }
            return kafka.connected() && replay();
        } catch (RocksDBException | RuntimeException e) {
            if (!failing) {
                LOG.error("The spool in {} cannot be sent on, and is tried on", spool.folder(), e);
                failing = true;
            }
            return false;
        }
    }

    private boolean replay() throws RocksDBException, InterruptedException {
        List<SpooledRecord> batch = spool.after(replayed, BATCH_RECORDS, BATCH_BYTES);
        failing = false;
        if (!awaitAcknowledged(send(batch), closing() ? untilClosed() : sendTimeout.plus(timeout))) {
            return false;
        }
        backOffMillis = MIN_BACK_OFF_MILLIS;
        if (isLast(batch) && isLast(spool.after(replayed, BATCH_RECORDS, BATCH_BYTES))) {
            handOver(!batch.isEmpty());
        }
        return true;
    }

    /** Whether a batch holds all that there was, so that little can have been added since. */
    private static boolean isLast(List<SpooledRecord> batch) {
        return batch.size() < BATCH_RECORDS
                && batch.stream().mapToLong(SpooledRecord::cost).sum() < BATCH_BYTES;
    }

    /** Sends the last records and turns the gate to direct behind them, before they are acknowledged. */
    private void handOver(boolean drained) throws RocksDBException, InterruptedException {
        List<SentRecord> last = new ArrayList<>();
        gate.hold();
        try {
            spool.awaitWritten();
            if (sendLast(last)) {
                gate.release();
            }
        } finally {
            if (!gate.isDirect()) {
                gate.divert("it has not taken the last of the spool");
            }
        }
        if (!awaitAcknowledged(last, timeout)) {
            gate.divert("it has not acknowledged the last of the spool in time");
        } else if (gate.isDirect() && (drained || !last.isEmpty())) {
            spool.shrink();
            LOG.info("The spool in {} is empty; events go to Kafka again.", spool.folder());
        }
    }

    /** Sends all records that are left; false if sending one failed at once. */
    private boolean sendLast(List<SentRecord> sent) throws RocksDBException {
        List<SpooledRecord> batch = spool.after(replayed, BATCH_RECORDS, BATCH_BYTES);
        while (!batch.isEmpty()) {
            sent.addAll(send(batch));
            SentRecord last = sent.get(sent.size() - 1);
            if (last.isFailed()) {
                return false;
            }
            batch = spool.after(last.record().sequence(), BATCH_RECORDS, BATCH_BYTES);
        }
        return true;
    }

    /** Sends records, until one fails at once: Kafka's client may block for a while on each further one. */
    private List<SentRecord> send(List<SpooledRecord> records) {
        List<SentRecord> sent = new ArrayList<>();
        for (SpooledRecord record : records) {
            SentRecord next = new SentRecord(record, kafka.send(record.event()));
            sent.add(next);
            if (next.isFailed()) {
                break;
            }
        }
        return sent;
    }

    /** Waits for records, and removes those that are acknowledged before the first failure; false if there is one. */
    private boolean awaitAcknowledged(List<SentRecord> sent, Duration limit)
            throws RocksDBException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<SpooledRecord> acknowledged = new ArrayList<>();
        long last = replayed;
        boolean all = true;
        for (SentRecord next : sent) {
            try {
                next.acknowledged().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged.add(next.record());
            } catch (ExecutionException e) {
                Throwable cause = KafkaFailures.cause(e);
                if (!KafkaFailures.isPermanent(cause)) {
                    all = false;
                    break;
                }
                spool.setAside(next.record(), String.valueOf(cause.getMessage()));
            } catch (TimeoutException e) {
                all = false;
                break;
            }
            last = next.record().sequence();
        }
        spool.remove(acknowledged);
        replayed = last;
        return all;
    }

    private boolean closing() {
        return closing.getCount() == 0;
    }

    private Duration untilClosed() {
        return Duration.ofNanos(Math.max(0, closeDeadline - System.nanoTime()));
    }

    private void backOff() throws InterruptedException {
        closing.await(backOffMillis, TimeUnit.MILLISECONDS);
        backOffMillis = Math.min(2 * backOffMillis, MAX_BACK_OFF_MILLIS);
    }
}
