/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ingest.http.BodyResult.Body;
import dev.muster.ingest.http.BodyResult.Reason;
import dev.muster.ingest.http.BodyResult.Refused;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BodyListenerTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MOST = 3 * BodyLease.BLOCK;

    private final Semaphore free = new Semaphore(4);

    @Test
    void aBodyHoldsWhatItHasUntilItIsClosed() throws IOException {
        Sent sent = new Sent(BodyLease.BLOCK + 1, true);
        BodyListener listener = listener(sent);
        CompletableFuture<BodyResult> received = listener.within(LONG);

        listener.onDataAvailable();
        listener.onAllDataRead();

        try (Body body = (Body) received.join()) {
            assertThat(body.bytes()).hasSize(BodyLease.BLOCK + 1);
            assertThat(free.availablePermits()).isEqualTo(2);
        }
        assertThat(free.availablePermits()).isEqualTo(4);
    }

    @Test
    void aBodyThatFindsNoRoomWaitsForIt() throws IOException {
        free.acquireUninterruptibly(4);
        Sent sent = new Sent(5, true);
        BodyListener listener = listener(sent);
        CompletableFuture<BodyResult> received = listener.within(LONG);

        listener.onDataAvailable();
        assertThat(sent.isFinished()).isFalse();
        free.release(4);
        await().until(sent::isFinished);
        listener.onAllDataRead();

        assertThat(((Body) received.join()).bytes()).hasSize(5);
    }

    @Test
    void aBodyThatFindsNoRoomForLongIsToldToComeAgain() throws IOException {
        free.acquireUninterruptibly(4);
        Sent sent = new Sent(5, true);
        BodyListener listener = listener(sent);
        CompletableFuture<BodyResult> received = listener.within(LONG);

        listener.onDataAvailable();
        await().until(sent::isFinished);
        listener.onAllDataRead();

        assertThat(received.join()).isEqualTo(new Refused(Reason.BUSY, true));
    }

    @Test
    void aBodyThatIsTooLargeGivesBackWhatItHolds() throws IOException {
        Sent sent = new Sent(MOST + 1, false);
        BodyListener listener = listener(sent);
        CompletableFuture<BodyResult> received = listener.within(LONG);

        listener.onDataAvailable();

        assertThat(received).isNotDone();
        assertThat(free.availablePermits()).isEqualTo(4);
        listener.onAllDataRead();
        assertThat(received.join()).isEqualTo(new Refused(Reason.TOO_LARGE, true));
    }

    @Test
    void aBodyThatStopsGivesBackWhatItHolds() throws IOException {
        BodyListener listener = listener(new Sent(5, false));
        CompletableFuture<BodyResult> received = listener.within(Duration.ofMillis(1));

        listener.onDataAvailable();

        assertThat(received.join()).isEqualTo(new Refused(Reason.LATE, false));
        assertThat(free.availablePermits()).isEqualTo(4);
    }

    @Test
    void aBodyThatBreaksOffGivesBackWhatItHolds() throws IOException {
        BodyListener listener = listener(new Sent(5, false));
        CompletableFuture<BodyResult> received = listener.within(LONG);

        listener.onDataAvailable();
        listener.onError(new IOException("reset"));

        assertThat(received.join()).isEqualTo(new Refused(Reason.BROKEN, false));
        assertThat(free.availablePermits()).isEqualTo(4);
    }

    private BodyListener listener(Sent sent) {
        return new BodyListener(sent, MOST, new BodyLease(free), Optional.empty(), ForkJoinPool.commonPool());
    }

    /** What has come of a body, which may be all of it. */
    private static final class Sent extends ServletInputStream {

        private final ByteArrayInputStream bytes;
        private final boolean all;
        private volatile boolean finished;

        Sent(int count, boolean all) {
            bytes = new ByteArrayInputStream(new byte[count]);
            this.all = all;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            finished = all && bytes.available() == 0;
            return bytes.available() > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the test calls the listener");
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] block, int offset, int length) {
            return bytes.read(block, offset, length);
        }
    }
}
