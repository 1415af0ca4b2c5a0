/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Valid bodies made others: bytes, tokens and structure are changed, a few at a time. Half of them are changed in values
 * only, so that they come further than to the parser.
 */
public final class Mutations {

    private static final int MAX_AT_ONCE = 4;
    private static final int MAX_REPEATED = 2000;

    private static final Pattern VALUE = Pattern.compile("(?<=:)(?:\"[^\"]*+\"|-?[0-9.]++|true|false|null)");

    private static final List<String> VALUES = List.of(
            "1e999",
            "-1e999",
            "1e-999",
            "-0",
            "-1",
            "NaN",
            "99999999999999999999999999999999",
            "0".repeat(1100),
            "253402300799999",
            "253402300800000",
            "null",
            "true",
            "{}",
            "[]",
            "[[[1]]]",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\x\"",
            "\"9999-12-31T23:59:59.999Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-0001-01-01T00:00:00Z\"",
            "\"pending\"",
            "{\"a\":{\"a\":{\"a\":1}}}",
            "{\"a\":1,\"a\":2}",
            "\"" + "x".repeat(3000) + "\"",
            "\"" + "jane@example.com ".repeat(200) + "\"",
            "\"" + "eyJ".repeat(700) + "\"",
            "\"" + "\ud83d\ude00".repeat(1001) + "\"");

    private static final List<String> BYTES = List.of(
            "\u00c3(",
            "\u00ff",
            "\u0000",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00ef\u00bb\u00bf",
            "\n",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":");

    private final Random random;

    /** Mutations that the random numbers choose. */
    public Mutations(Random random) {
        this.random = random;
    }

    /** A body that one of the given bodies became. */
    public byte[] of(List<byte[]> bodies) {
        String text = latin(bodies.get(random.nextInt(bodies.size())));
        boolean valuesOnly = random.nextBoolean();
        for (int i = random.nextInt(MAX_AT_ONCE); i >= 0; i--) {
            text = valuesOnly ? withOtherValue(text) : mutated(text, bodies);
        }
        return text.getBytes(ISO_8859_1);
    }

    private String mutated(String text, List<byte[]> bodies) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(64));
        String before = text.substring(0, at);
        return switch (random.nextInt(10)) {
            case 0 -> before + (char) random.nextInt(256) + text.substring(end);
            case 1 -> before + text.substring(end);
            case 2 -> before;
            case 3 -> before + one(BYTES) + text.substring(at);
            case 4 -> before + text.substring(at, end).repeat(1 + random.nextInt(20)) + text.substring(end);
            case 5 -> before + latin(bodies.get(random.nextInt(bodies.size()))) + text.substring(at);
            case 6 -> before + nested() + text.substring(at);
            case 7 -> withManyFields(text);
            default -> withOtherValue(text);
        };
    }

    /** One value, wherever it stands, becomes another; in binary, one byte. */
    private String withOtherValue(String text) {
        if (text.isEmpty()) {
            return one(VALUES);
        }
        int at = random.nextInt(text.length());
        if (!text.startsWith("{")) {
            return text.substring(0, at) + (char) random.nextInt(128) + text.substring(at + 1);
        }
        Matcher value = VALUE.matcher(text);
        return value.find(at) || value.find(0)
                ? text.substring(0, value.start()) + one(VALUES) + text.substring(value.end())
                : one(VALUES);
    }

    private String withManyFields(String text) {
        StringBuilder fields = new StringBuilder("{");
        for (int i = random.nextInt(MAX_REPEATED); i >= 0; i--) {
            fields.append("\"k")
                    .append(i)
                    .append("\":")
                    .append(random.nextBoolean() ? one(VALUES) : "1")
                    .append(',');
        }
        return fields + (text.startsWith("{") ? text.substring(1) : text);
    }

    private String nested() {
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        int depth = random.nextInt(MAX_REPEATED);
        return open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth);
    }

    private String one(List<String> texts) {
        return latin(texts.get(random.nextInt(texts.size())).getBytes(texts == BYTES ? ISO_8859_1 : UTF_8));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
