/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports of the loopback address. A port is tried by listening on it for a moment, so a taken one is named before
 * anything is started.
 */
public final class LoopbackPorts {

    /** The address that everything listens on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private LoopbackPorts() {}

    /**
     * Distinct ports that nobody listens on.
     *
     * @param count how many
     */
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(listen(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("this machine has no free port on " + ADDRESS, e);
        } finally {
            held.forEach(LoopbackPorts::release);
        }
    }

    /** Whether nobody listens on the port, and we may. */
    public static boolean isFree(int port) {
        try (ServerSocket held = listen(port)) {
            return held.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes sure that the port is free.
     *
     * @param port 0 for any port, which is always free
     * @param purpose who wants it, as "the API"
     * @param option the option that names another
     * @throws StartRefusedException if it is taken
     */
    public static void requireFree(int port, String purpose, String option) {
        if (!isFree(port)) {
            throw new StartRefusedException("Port " + port + " for " + purpose
                    + " is taken by another program; stop that one, or choose another port with " + option + ".");
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
