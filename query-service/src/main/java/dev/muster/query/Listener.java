/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.schemas.settings.InvalidSettingException;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The port, taken before anything else starts, so that a taken one is told in one sentence. */
final class Listener implements AutoCloseable {

    /** An id may hold any character, so a path may hold any that is percent-encoded. */
    private static final UriCompliance ANY_ENCODED_CHARACTER = UriCompliance.DEFAULT.with(
            "ANY_ENCODED_CHARACTER",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    /**
     * Buffers that only one connection ever has. Jetty may give the buffer of a connection whose request it could not
     * parse back twice (its issue 12939 tells of the same); from a pool two clients would then read each other's bytes.
     */
    private static final ByteBufferPool NEVER_SHARED = new ByteBufferPool.NonPooling();

    private final ServerSocketChannel channel;

    private Listener(ServerSocketChannel channel) {
        this.channel = channel;
    }

    static Listener bind(QueryConfig config) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(config.host(), config.port()));
            } catch (SocketException e) {
                channel.close();
                throw refused(config, e);
            }
            return new Listener(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no socket could be opened", e);
        }
    }

    /** Makes the port the server's only one. */
    void addTo(JettyConfig jetty) {
        jetty.modifyHttpConfiguration(http -> http.setUriCompliance(ANY_ENCODED_CHARACTER));
        jetty.addConnector(this::connector);
        jetty.modifyServer(server -> server.setErrorHandler(new JsonErrorHandler()));
        jetty.modifyServletContextHandler(context -> {
            context.getServletHandler().setDecodeAmbiguousURIs(true);
            context.setErrorHandler(new JsonErrorHandler());
        });
    }

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
                new ServerConnector(server, null, null, NEVER_SHARED, -1, -1, new HttpConnectionFactory(http));
        try {
            connector.open(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the bound port could not be listened on", e);
        }
        return connector;
    }

    private static InvalidSettingException refused(QueryConfig config, SocketException e) {
        String message = String.valueOf(e.getMessage());
        String reason = message.contains("in use") ? "is taken" : "cannot be listened on (" + message + ")";
        return new InvalidSettingException("Port " + config.port() + " of " + config.host() + " " + reason
                + "; choose another with " + QueryConfig.PORT + " or --port.");
    }
}
