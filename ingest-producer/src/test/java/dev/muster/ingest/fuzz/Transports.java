/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Requests for a body: mostly as they should be, at times compressed, in chunks or with odd headers. */
public final class Transports {

    private static final int ORDINARY = 12;

    private final Random random;
    private final String contentType;

    /** Requests of a media type that the random numbers choose. */
    public Transports(Random random, String mediaType) {
        this.random = random;
        contentType = "Content-Type: " + mediaType + "\r\n";
    }

    /** A request that is whole: its connection may be used on. */
    public byte[] of(String path, byte[] body) {
        return switch (random.nextInt(ORDINARY)) {
            case 0 -> request(path, contentType + "Content-Encoding: gzip\r\n", gzip(body));
            case 1 -> request(path, contentType + "Content-Encoding: gzip\r\n", damaged(gzip(body)));
            case 2 -> request(path, contentType + "Content-Encoding: GZIP\r\n", joined(gzip(body), gzip(body)));
            case 3 -> request(path, contentType + "Content-Encoding: x-gzip\r\n", joined(gzip(body), body));
            case 4 -> request(path, contentType + "Content-Encoding: gzip, gzip\r\n", gzip(gzip(body)));
            case 5 ->
                request(path, contentType + "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", gzip(gzip(body)));
            case 6 -> chunked(path, body);
            case 7 -> request(path, "X-Muster-Agent: " + odd() + "\r\nContent-Type: ;;" + odd() + "\r\n", body);
            default -> request(path, contentType, body);
        };
    }

    /** A request with a good key and the right length. */
    public static byte[] request(String path, String headers, byte[] body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_test\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n";
        return joined(head.getBytes(ISO_8859_1), body);
    }

    /** A body compressed. */
    public static byte[] gzip(byte[] body) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private byte[] chunked(String path, byte[] body) {
        int half = body.length == 0 ? 0 : random.nextInt(body.length);
        StringBuilder chunks = new StringBuilder();
        for (byte[] chunk : new byte[][] {Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length)}) {
            if (chunk.length > 0) {
                chunks.append(Integer.toHexString(chunk.length)).append("\r\n");
                chunks.append(new String(chunk, ISO_8859_1)).append("\r\n");
            }
        }
        String head = "POST " + path
                + " HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_test\r\nTransfer-Encoding: chunked\r\n"
                + contentType
                + "\r\n";
        return (head + chunks + "0\r\n\r\n").getBytes(ISO_8859_1);
    }

    private byte[] damaged(byte[] zipped) {
        byte[] damaged = random.nextBoolean() ? zipped.clone() : Arrays.copyOf(zipped, random.nextInt(zipped.length));
        if (damaged.length > 0) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private String odd() {
        StringBuilder odd = new StringBuilder();
        for (int i = random.nextInt(300); i > 0; i--) {
            odd.append((char) (' ' + random.nextInt(224)));
        }
        return odd.toString().replace("\u007f", "");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
