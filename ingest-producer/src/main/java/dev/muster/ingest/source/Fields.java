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
 * An object's fields, read by those who know what they want. A field that is read counts as taken; what nobody took,
 * also for having another type than was asked for, is the {@link #rest()}.
 */
public final class Fields {

    /** The largest count that is read: as milliseconds about thirty years, and far from overflowing a sum. */
    public static final long MAX_COUNT = 1_000_000_000_000L;

    /** The field of the {@link #rest()} that names the fields that were cut, each with the length that it had. */
    public static final String CUT = "_cut";

    private static final Pattern DIGITS = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final ObjectNode object;
    private final ObjectNode cut;
    private final Set<String> taken = new HashSet<>();

    /** The fields of an object, which is left as it is. */
    public Fields(ObjectNode object) {
        this(object, Json.newObject());
    }

    private Fields(ObjectNode object, ObjectNode cut) {
        this.object = object;
        this.cut = cut;
    }

    /** The fields of another object of the same event: what is cut of either is in the rest of both. */
    public Fields along(ObjectNode other) {
        return new Fields(other, cut);
    }

    /** A text that is not blank, cut to so many characters. */
    public Optional<String> text(String name, int most) {
        return textual(name).map(text -> cut(name, text, most));
    }

    /** Any value but null as JSON text with sorted keys, cut to so many characters. */
    public Optional<String> json(String name, int most) {
        return value(name).map(value -> cut(name, Json.canonical(value), most));
    }

    /** A text as it is, any other value but null as JSON, cut to so many characters. */
    public Optional<String> preview(String name, int most) {
        return object.path(name).isTextual()
                ? value(name).map(text -> cut(name, text.textValue(), most))
                : json(name, most);
    }

    /** A text that is not blank and identifies something: never cut so that two become one. */
    public Optional<String> id(String name) {
        return textual(name).map(Text::id);
    }

    /** A number from 0 to {@link #MAX_COUNT}, also one that is told as text; a fraction is rounded half up. */
    public Optional<Long> count(String name) {
        JsonNode told = object.path(name);
        boolean inDigits = told.isTextual() && DIGITS.matcher(told.textValue()).matches();
        JsonNode value = inDigits ? DecimalNode.valueOf(new BigDecimal(told.textValue())) : told;
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > MAX_COUNT) {
            return Optional.empty();
        }
        taken.add(name);
        return Optional.of(Numbers.rounded(value));
    }

    /** Yes or no, also as the text true or false. */
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

    /** Whether a field is exactly this text; to look is not to take. */
    public boolean says(String name, String text) {
        return object.path(name).asText().equals(text);
    }

    /** Takes fields that are told elsewhere, or that are worth nothing. */
    public Fields drop(String... names) {
        taken.addAll(Set.of(names));
        return this;
    }

    /** A copy of the object without the fields that were taken and those that are null; it says what was cut. */
    public ObjectNode rest() {
        ObjectNode rest = Json.newObject();
        object.properties().stream()
                .filter(field ->
                        !taken.contains(field.getKey()) && !field.getValue().isNull())
                .forEach(field -> rest.set(field.getKey(), field.getValue()));
        if (!cut.isEmpty()) {
            rest.set(CUT, cut);
        }
        return rest;
    }

    private String cut(String name, String text, int most) {
        String kept = Text.cut(text, most);
        if (kept.length() < text.length()) {
            cut.put(name, text.length());
        }
        return kept;
    }

    private Optional<String> textual(String name) {
        JsonNode value = object.path(name);
        boolean told =
                (value.isTextual() || value.isNumber()) && !value.asText().isBlank();
        return value(name, told).map(JsonNode::asText);
    }

    private Optional<JsonNode> value(String name, boolean wanted) {
        if (!wanted) {
            return Optional.empty();
        }
        taken.add(name);
        return Optional.of(object.path(name));
    }
}
