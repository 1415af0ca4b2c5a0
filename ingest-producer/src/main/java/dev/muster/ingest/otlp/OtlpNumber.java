/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads numbers in OTLP's JSON, which may be written as strings. */
final class OtlpNumber {

    private static final Set<FieldDescriptor.Type> UNSIGNED = Set.of(
            FieldDescriptor.Type.UINT32,
            FieldDescriptor.Type.UINT64,
            FieldDescriptor.Type.FIXED32,
            FieldDescriptor.Type.FIXED64);

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,40}");
    private static final Pattern REAL = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");
    private static final Set<String> NAMED = Set.of("NaN", "Infinity", "-Infinity");

    /** Larger than any integer field's bounds. */
    private static final double HUGE = 1e20;

    private OtlpNumber() {}

    /**
     * A whole number, as the bits of the field's type; empty if it is none. A number out of the type's bounds becomes the
     * nearest bound, so that one wrong clock does not lose a batch.
     */
    static Optional<Long> whole(JsonNode json, FieldDescriptor field) {
        return integer(json).map(value -> {
            boolean unsigned = UNSIGNED.contains(field.getType());
            int size = field.getJavaType() == FieldDescriptor.JavaType.INT ? Integer.SIZE : Long.SIZE;
            BigInteger beyond = BigInteger.TWO.pow(unsigned ? size : size - 1);
            BigInteger least = unsigned ? BigInteger.ZERO : beyond.negate();
            return value.max(least).min(beyond.subtract(BigInteger.ONE)).longValue();
        });
    }

    /** Any number, also NaN and the infinities by name; empty if it is none. */
    static Optional<Double> real(JsonNode json) {
        String text = json.asText();
        boolean inText = json.isTextual() && (REAL.matcher(text).matches() || NAMED.contains(text));
        return json.isNumber() || inText ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }

    private static Optional<BigInteger> integer(JsonNode json) {
        if (json.isIntegralNumber()) {
            return Optional.of(json.bigIntegerValue());
        }
        if (json.isNumber() && Math.rint(json.doubleValue()) == json.doubleValue()) {
            double value = Math.max(-HUGE, Math.min(HUGE, json.doubleValue()));
            return Optional.of(BigDecimal.valueOf(value).toBigInteger());
        }
        return json.isTextual() && WHOLE.matcher(json.textValue()).matches()
                ? Optional.of(new BigInteger(json.textValue()))
                : Optional.empty();
    }
}
