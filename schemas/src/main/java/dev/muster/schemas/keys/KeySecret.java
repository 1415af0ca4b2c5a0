/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A whole key, {@code vk_} and 43 characters of base64url: 256 random bits. It is told once, and never kept. */
public final class KeySecret {

    /** The characters by which an owner recognises a key; 208 random bits stay unknown. */
    public static final int PREFIX_LENGTH = 11;

    private static final int RANDOM_BYTES = 32;

    private final String text;

    private KeySecret(String text) {
        this.text = text;
    }

    /** A key that nobody has had before. */
    public static KeySecret generate(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new KeySecret("vk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is kept of any text that is shown as a key: its SHA-256, 64 hexadecimal digits. */
    public static String hash(String key) {
        return HexFormat.of().formatHex(Digests.sha256(key.getBytes(UTF_8)));
    }

    /** The whole key, for its owner's eyes. */
    public String reveal() {
        return text;
    }

    /** What is kept of it. */
    public String hash() {
        return hash(text);
    }

    /** Its first characters. */
    public String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** The prefix: what is logged by mistake tells no key. */
    @Override
    public String toString() {
        return prefix() + "…";
    }
}
