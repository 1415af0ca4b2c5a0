/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** HTTP without a client's help, so that a request may be as wrong as a test wants it. Each has its own connection. */
final class PlainHttp {

    private static final int TIMEOUT_MS = 60_000;

    private PlainHttp() {}

    /** Sends a request, and reads the answer to its end. */
    static Exchange.Answer send(URI server, Exchange.Request request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(bytes(request));
            socket.getOutputStream().flush();
            return answer(socket.getInputStream().readAllBytes());
        }
    }

    private static byte[] bytes(Exchange.Request request) throws IOException {
        byte[] body = request.body().getBytes(UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", "127.0.0.1");
        headers.put("Connection", "close");
        if (body.length > 0) {
            headers.put("Content-Length", String.valueOf(body.length));
        }
        headers.putAll(request.headers());
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head.append("\r\n").toString().getBytes(UTF_8));
        out.write(body);
        return out.toByteArray();
    }

    private static Exchange.Answer answer(byte[] raw) throws IOException {
        int end = find(raw, "\r\n\r\n", 0);
        String[] lines = new String(raw, 0, end, ISO_8859_1).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        byte[] body = Arrays.copyOfRange(raw, end + 4, raw.length);
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"));
        Map<String, String> kept = new TreeMap<>(headers);
        kept.keySet().retainAll(Exchange.Answer.KEPT);
        return new Exchange.Answer(
                Integer.parseInt(lines[0].split(" ", 3)[1]), kept, new String(chunked ? joined(body) : body, UTF_8));
    }

    private static byte[] joined(byte[] chunks) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunks.length) {
            int end = find(chunks, "\r\n", at);
            int length = Integer.parseInt(new String(chunks, at, end - at, ISO_8859_1), 16);
            if (length == 0) {
                return whole.toByteArray();
            }
            whole.write(chunks, end + 2, length);
            at = end + 2 + length + 2;
        }
        throw new IOException("the answer was cut off");
    }

    private static int find(byte[] bytes, String wanted, int from) throws IOException {
        byte[] mark = wanted.getBytes(ISO_8859_1);
        for (int i = from; i + mark.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        throw new IOException("this is no answer: " + new String(bytes, ISO_8859_1));
    }
}
