/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the fields of a JSON object and remembers which were consumed.
 *
 * <p>A field is consumed when it is read as the type that it has. The fields that nobody consumed are the {@link
 * #rest()}.
 */
public final class Fields {

    /** The largest number that {@link #count} reads: about thirty years in milliseconds, so that no sum overflows. */
    public static final long MAX_COUNT = 1_000_000_000_000L;

    /** The field of the {@link #rest()} that lists the fields that were cut, each with its original length. */
    public static final String CUT = "_cut";

    private static final Pattern DIGITS = Pattern.compile("\\d{1,20}(\\.\\d{1,30})?(e-\\d{1,2})?");
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final ObjectNode object;
    private final ObjectNode cut;
    private final Set<String> consumed = new HashSet<>();

    /** The fields of an object, which is not changed. */
    public Fields(ObjectNode object) {
        this(object, SourceJson.newObject());
    }

    private Fields(ObjectNode object, ObjectNode cut) {
        this.object = object;
        this.cut = cut;
    }

    /** The fields of another object of the same event; fields that are cut in either are listed in the rest of both. */
    public Fields along(ObjectNode other) {
        return new Fields(other, cut);
    }

    /** A text that is not blank, cut to at most {@code max} characters. */
    public Optional<String> text(String name, int max) {
        return textual(name).map(text -> cut(name, text, max));
    }

    /** Any value but null as JSON text with sorted keys, cut to at most {@code max} characters. */
    public Optional<String> json(String name, int max) {
        return value(name).map(value -> cut(name, SourceJson.canonical(value), max));
    }

    /** A text as it is, any other value but null as JSON, cut to at most {@code max} characters. */
    public Optional<String> preview(String name, int max) {
        return object.path(name).isTextual()
                ? value(name).map(text -> cut(name, text.textValue(), max))
                : json(name, max);
    }

    /** An id: a text that is not blank. A long one is shortened so that it stays distinct, see {@link Text#id}. */
    public Optional<String> id(String name) {
        return textual(name).map(Text::id);
    }

    /** A number from 0 to {@link #MAX_COUNT}, also in a text; a fraction is rounded half up. */
    public Optional<Long> count(String name) {
        return number(name, MAX_COUNT).map(Numbers::rounded);
    }

    /** A number from 0 to {@code max}, also in a text, with its fraction. */
    public Optional<BigDecimal> decimal(String name, long max) {
        return number(name, max).map(JsonNode::decimalValue);
    }

    /** A boolean, also as the text true or false. */
    public Optional<Boolean> flag(String name) {
        JsonNode value = object.path(name);
        return value(name, FLAGS.contains(value.asText()))
                .map(flag -> flag.asText().equals("true"));
    }

    /** An object. */
    public Optional<ObjectNode> object(String name) {
        return value(name, object.path(name).isObject()).map(ObjectNode.class::cast);
    }

    /** Any value but null. */
    public Optional<JsonNode> value(String name) {
        return value(name, object.hasNonNull(name));
    }

    /** Whether a field is exactly this text; this does not consume it. */
    public boolean matches(String name, String text) {
        return object.path(name).asText().equals(text);
    }

    /** Marks fields as consumed, so that they are not in the rest. */
    public Fields drop(String... names) {
        consumed.addAll(Set.of(names));
        return this;
    }

    /** A copy of the object without consumed fields and nulls; {@link #CUT} lists what was cut. */
    public ObjectNode rest() {
        ObjectNode rest = SourceJson.newObject();
        object.properties().stream()
                .filter(field ->
                        !consumed.contains(field.getKey()) && !field.getValue().isNull())
                .forEach(field -> rest.set(field.getKey(), field.getValue()));
        if (!cut.isEmpty()) {
            rest.set(CUT, cut);
        }
        return rest;
    }

    private String cut(String name, String text, int max) {
        String kept = Text.cut(text, max);
        if (kept.length() < text.length()) {
            cut.put(name, text.length());
        }
        return kept;
    }

    private Optional<String> textual(String name) {
        JsonNode value = object.path(name);
        boolean isText =
                (value.isTextual() || value.isNumber()) && !value.asText().isBlank();
        return value(name, isText).map(JsonNode::asText);
    }

    private Optional<JsonNode> number(String name, long max) {
        JsonNode sent = object.path(name);
        boolean inDigits = sent.isTextual() && DIGITS.matcher(sent.textValue()).matches();
        JsonNode value = inDigits ? DecimalNode.valueOf(new BigDecimal(sent.textValue())) : sent;
        boolean within = value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= max;
        return value(name, within).map(consumed -> value);
    }

    private Optional<JsonNode> value(String name, boolean present) {
        if (!present) {
            return Optional.empty();
        }
        consumed.add(name);
        return Optional.of(object.path(name));
    }
}
