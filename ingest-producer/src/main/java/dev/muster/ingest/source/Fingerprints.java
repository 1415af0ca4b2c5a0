/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keyed hashes of what is too long or too private to keep: whoever compares two of them learns whether the texts were the same, and
 * without the key nobody can try texts out. They are the first 64 bits of HMAC-SHA-256.
 */
public final class Fingerprints {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKey key;

    private Fingerprints(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Fingerprints by a key: collectors with the same one make the same.
     *
     * @param key at least one byte
     */
    public static Fingerprints of(byte[] key) {
        return new Fingerprints(key);
    }

    /** Fingerprints by a key of their own, which nobody else has. */
    public static Fingerprints random() {
        return of(newKey());
    }

    /** A new key, drawn at random. */
    public static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** The fingerprint of what a tool call is given: JSON is the same however it is written, also within a text. */
    public long input(JsonNode given) {
        return of(text(given.isTextual() ? SourceJson.value(given.textValue()).orElse(given) : given));
    }

    /**
     * The fingerprint of what a tool call came to.
     *
     * @param outcome how it ended, if that is told
     * @param said what it answered, or why it failed
     */
    public long outcome(@Nullable Outcome outcome, JsonNode said) {
        return of(outcome + "\n" + text(said));
    }

    /** Sets the fingerprint of an event's input, if there is one: what is missing or null is none. */
    public void setInput(HookEvent event, JsonNode given) {
        if (!given.isMissingNode() && !given.isNull()) {
            event.setInputFingerprint(input(given));
        }
    }

    /** Sets the fingerprint of an event's outcome, which it has by now, if there is anything said of it. */
    public void setOutcome(HookEvent event, JsonNode said) {
        if (!said.isMissingNode() && !said.isNull()) {
            event.setOutcomeFingerprint(outcome(event.getOutcome(), said));
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : SourceJson.canonical(value);
    }

    private long of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(text.getBytes(UTF_8))).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
