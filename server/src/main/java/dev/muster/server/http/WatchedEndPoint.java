/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has gone. Jetty finds that out only when it reads or writes, and does
 * neither while a request waits. So a byte is read ahead; if there is one, it is given to who reads next.
 */
public final class WatchedEndPoint extends SocketChannelEndPoint {

    private final ByteBuffer ahead = ByteBuffer.allocate(1).limit(0);

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether the client of a request that is being answered has closed its connection, or its half of it. */
    public static boolean isClientGone(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint() instanceof WatchedEndPoint endPoint
                && endPoint.isClientGone();
    }

    private synchronized boolean isClientGone() {
        if (ahead.hasRemaining()) {
            return false;
        }
        try {
            return super.fill(ahead) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (!ahead.hasRemaining()) {
            return super.fill(buffer);
        }
        return BufferUtil.append(buffer, ahead);
    }
}
