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

/** Sends bytes as they are, over one connection until the server says that it closes it. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int CONTINUE = 100;

    private final int port;
    private Optional<Connection> connection = Optional.empty();

    /** Talks to a server on this machine. */
    public RawClient(int port) {
        this.port = port;
    }

    private record Connection(Socket socket, InputStream in) {}

    /**
     * An answer.
     *
     * @param status its code
     * @param mediaType what its body is, empty if untold
     * @param bytes its body
     */
    public record Answer(int status, String mediaType, byte[] bytes) {

        /** Its body read as text. */
        public String body() {
            return new String(bytes, UTF_8);
        }

        @Override
        public String toString() {
            return status + " " + mediaType + " " + body();
        }
    }

    /**
     * Sends a whole request, and reads its answer. There must be one: a new connection is made only after an answer that
     * said that the last one would be closed.
     *
     * @throws IOException if the server closes without an answer
     */
    public Answer send(byte[] request) throws IOException {
        try {
            begin(request);
        } catch (SocketException e) {
            // A server that refuses a request early may close before all of it is sent; its answer is there all the
            // same.
            return answer();
        }
        return answer();
    }

    /** Sends bytes, and does not wait for an answer. */
    public void begin(byte[] bytes) throws IOException {
        connection().socket().getOutputStream().write(bytes);
    }

    /** Sends what is no whole request, and that there will be no more; empty when the server just closes. */
    public Optional<Answer> sendLast(byte[] request) throws IOException {
        try {
            begin(request);
            connection().socket().shutdownOutput();
            return Optional.of(answer());
        } catch (EOFException e) {
            return Optional.empty();
        } finally {
            close();
        }
    }

    /**
     * Sends a request whose body does not fit into memory, until it is all sent or the server takes no more.
     *
     * @param head the request's head
     * @param block what the body is made of
     * @param blocks how often the block is sent
     * @param end what follows
     * @return how many bytes of the body were sent
     */
    public long stream(byte[] head, byte[] block, int blocks, byte[] end) throws IOException {
        begin(head);
        long sent = 0;
        try {
            for (int i = 0; i < blocks; i++) {
                begin(block);
                sent += block.length;
            }
            begin(end);
        } catch (SocketException e) {
            // It was answered before its end.
            return sent;
        }
        return sent;
    }

    /** Reads the head of an interim answer, as 100 is one. */
    public int interim() throws IOException {
        return status(head(connection().in()));
    }

    /** Reads an answer. */
    public Answer answer() throws IOException {
        InputStream in = connection().in();
        String head = head(in);
        if (status(head) == CONTINUE) {
            head = head(in);
        }
        Answer answer = new Answer(status(head), field(head, "content-type").orElse(""), body(head, in));
        if (field(head, "connection").filter("close"::equals).isPresent()) {
            close();
        }
        return answer;
    }

    /** Whether the connection can be used on. */
    public boolean connected() {
        return connection.isPresent();
    }

    @Override
    public void close() throws IOException {
        if (connection.isPresent()) {
            connection.get().socket().close();
        }
        connection = Optional.empty();
    }

    private Connection connection() throws IOException {
        if (connection.isEmpty()) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            connection = Optional.of(new Connection(socket, new BufferedInputStream(socket.getInputStream())));
        }
        return connection.get();
    }

    private static int status(String head) {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    private static Optional<String> field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).strip().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        Optional<String> length = field(head, "content-length");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        return field(head, "transfer-encoding").isPresent() ? chunks(in) : in.readAllBytes();
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
