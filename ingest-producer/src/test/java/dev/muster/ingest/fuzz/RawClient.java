/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.Optional;

/** Sends bytes as they are, over one connection for as long as the server keeps it. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private Optional<Socket> connection = Optional.empty();

    /** Talks to a server on this machine. */
    public RawClient(int port) {
        this.port = port;
    }

    /**
     * An answer.
     *
     * @param status its code
     * @param body its text
     */
    public record Answer(int status, String body) {}

    /** Sends a whole request, and reads its answer; over a new connection where the server has closed the last one. */
    public Answer send(byte[] request) throws IOException {
        try {
            return exchange(request);
        } catch (SocketException | EOFException e) {
            close();
            return exchange(request);
        }
    }

    /** A server that refuses a request early may close before all of it is sent; its answer is there all the same. */
    private Answer exchange(byte[] request) throws IOException {
        Socket socket = connected();
        try {
            begin(request);
        } catch (SocketException e) {
            return answer(socket);
        }
        return answer(socket);
    }

    /** Sends bytes, and does not wait for an answer. */
    public void begin(byte[] bytes) throws IOException {
        connected().getOutputStream().write(bytes);
    }

    /** Sends what is no whole request, and that there will be no more; empty when the server just closes. */
    public Optional<Answer> sendLast(byte[] request) throws IOException {
        Socket socket = connected();
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return Optional.of(answer(socket));
        } catch (EOFException e) {
            return Optional.empty();
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (connection.isPresent()) {
            connection.get().close();
        }
        connection = Optional.empty();
    }

    private Socket connected() throws IOException {
        if (connection.isEmpty()) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            connection = Optional.of(socket);
        }
        return connection.get();
    }

    private Answer answer(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String head = head(in);
        String status = head.split(" ", 3)[1];
        if (status.equals("100")) {
            head = head(in);
            status = head.split(" ", 3)[1];
        }
        String lower = head.toLowerCase(Locale.ROOT);
        byte[] body = body(lower, in);
        if (lower.contains("connection: close")) {
            close();
        }
        return new Answer(Integer.parseInt(status), new String(body, UTF_8));
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        int length = head.indexOf("content-length: ");
        if (length >= 0) {
            return in.readNBytes(Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length))));
        }
        return head.contains("transfer-encoding: chunked") ? chunks(in) : in.readAllBytes();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length;
        do {
            length = Integer.parseInt(until(in, "\r\n").strip(), 16);
            body.write(in.readNBytes(length));
            until(in, "\r\n");
        } while (length > 0);
        return body.toByteArray();
    }

    private static String head(InputStream in) throws IOException {
        return until(in, "\r\n\r\n");
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("closed after «" + text + "»");
            }
            text.append((char) read);
        }
        return text.toString();
    }
}
