/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A port of a web server, taken before anything else starts, so that a taken one is told in one sentence. */
public final class JettyListener implements AutoCloseable {

    /**
     * Buffers that only one connection ever has. Jetty answers a request that it cannot parse on another thread than the
     * one that reads on, and at times both give the connection's buffer back (its issue 12939 tells of the same); from a
     * pool two clients would then have it, and one would read and be answered what is the other's.
     */
    private static final ByteBufferPool NEVER_SHARED = new ByteBufferPool.NonPooling();

    private final ServerSocketChannel channel;
    private final UriCompliance uris;
    private final Duration idleAtClose;

    private JettyListener(ServerSocketChannel channel, UriCompliance uris, Duration idleAtClose) {
        this.channel = channel;
        this.uris = uris;
        this.idleAtClose = idleAtClose;
    }

    /**
     * Takes a port.
     *
     * @param uris which paths are taken
     * @param idleAtClose a connection that is kept alive but silent does not hold up closing for longer
     * @throws dev.muster.schemas.settings.InvalidSettingException if the port is taken, or the address is not this
     *     machine's
     */
    public static JettyListener bind(ListenAddress address, UriCompliance uris, Duration idleAtClose) {
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw address.notOfThisMachine();
        }
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(socket);
            } catch (SocketException e) {
                channel.close();
                String message = String.valueOf(e.getMessage());
                throw message.contains("in use")
                        ? address.taken()
                        : message.contains("assign")
                                ? address.notOfThisMachine()
                                : address.refused("cannot be listened on (" + message + ")");
            }
            return new JettyListener(channel, uris, idleAtClose);
        } catch (IOException e) {
            throw new UncheckedIOException("no socket could be opened", e);
        }
    }

    /** Makes the port a server's only one, and the server's own errors answers in JSON. */
    public void addTo(JavalinConfig javalin, JsonErrorHandler errors) {
        JettyConfig jetty = javalin.jetty;
        FirstRequestAlone first = new FirstRequestAlone();
        javalin.routes.before(request -> first.open());
        jetty.modifyHttpConfiguration(http -> http.setUriCompliance(uris));
        jetty.addConnector(this::connector);
        jetty.modifyServer(server -> server.setErrorHandler(errors));
        jetty.modifyServletContextHandler(context -> {
            context.setErrorHandler(errors);
            context.insertHandler(first);
        });
    }

    /** Gives the port back, if no server has it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the port could not be given back", e);
        }
    }

    private Connector connector(Server server, HttpConfiguration http) {
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        ServerConnector connector =
                new ServerConnector(server, null, null, NEVER_SHARED, -1, -1, new HttpConnectionFactory(http)) {
                    @Override
                    protected SocketChannelEndPoint newEndPoint(
                            SocketChannel client, ManagedSelector selector, SelectionKey key) {
                        SocketChannelEndPoint endPoint = new WatchedEndPoint(client, selector, key, getScheduler());
                        endPoint.setIdleTimeout(getIdleTimeout());
                        return endPoint;
                    }
                };
        connector.setShutdownIdleTimeout(idleAtClose.toMillis());
        try {
            connector.open(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the bound port could not be listened on", e);
        }
        return connector;
    }
}
