/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Numbers;
import dev.muster.ingest.source.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a field's value must be, and how that is said when it is not. Null stands for absent and is always right. */
@FunctionalInterface
interface Rule {

    /** The least number of milliseconds that is taken, in 1973. A lesser one tells seconds, up to the year 5138. */
    long MIN_MILLIS = 100_000_000_000L;

    /** The latest event time that is taken: the end of the year 9999. */
    long MAX_TIMESTAMP = 253_402_300_799_999L;

    /** Any object. */
    Rule OBJECT = type("object");

    /** Any text. */
    Rule TEXT = type("string");

    /** Any number that a double holds. */
    Rule NUMBER = (value, path) -> value.isNumber() && Double.isInfinite(value.doubleValue())
            ? issue("Must be a finite number", path)
            : type("number").issues(value, path);

    /** Anything but a text that no address can hold. */
    Rule ADDRESSABLE = (value, path) ->
            value.isTextual() && Text.holdsNul(value.textValue()) ? issue(Text.NUL_REFUSED, path) : List.of();

    /** Texts. */
    Rule TEXTS = (value, path) -> {
        if (!value.isArray()) {
            return expected("array", value, path);
        }
        List<Issue> issues = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            issues.addAll(TEXT.issues(value.get(i), path(path, Integer.toString(i))));
        }
        return issues;
    };

    /** A point in time: ISO 8601 with an offset, or milliseconds since 1970. */
    Rule TIMESTAMP = (value, path) -> {
        if (value.isNumber()) {
            return value.doubleValue() > 0 && value.doubleValue() < MIN_MILLIS
                    ? issue("Expected milliseconds since 1970; this looks like seconds", path)
                    : within(MIN_MILLIS, MAX_TIMESTAMP).issues(value, path);
        }
        if (!value.isTextual()) {
            return expected("string or number", value, path);
        }
        try {
            return within(value, (double) Instant.parse(value.textValue()).toEpochMilli(), 0, MAX_TIMESTAMP, path);
        } catch (DateTimeException | ArithmeticException e) {
            return issue("Must be a time in ISO 8601 with its offset, such as 2026-01-31T12:00:00Z", path);
        }
    };

    /** What is wrong with a value that is not null. */
    List<Issue> issues(JsonNode value, List<String> path);

    /** This rule and, where a value is right by it, another. */
    default Rule and(Rule other) {
        return (value, path) -> {
            List<Issue> issues = issues(value, path);
            return issues.isEmpty() ? other.issues(value, path) : issues;
        };
    }

    /** A value of a JSON type. */
    static Rule type(String type) {
        return (value, path) -> typeOf(value).equals(type) ? List.of() : expected(type, value, path);
    }

    /** A text of at most so many characters. */
    static Rule text(int max) {
        return (value, path) -> {
            if (!value.isTextual()) {
                return expected("string", value, path);
            }
            return value.textValue().length() <= max
                    ? List.of()
                    : issue("Must have at most " + max + " characters", path);
        };
    }

    /** A text of at most so many characters that says something. */
    static Rule name(int max) {
        return (value, path) -> value.isTextual() && value.textValue().isBlank()
                ? issue("Must not be blank", path)
                : text(max).issues(value, path);
    }

    /** A number within bounds, both included. */
    static Rule within(long min, long max) {
        return (value, path) ->
                value.isNumber() ? within(value, value.doubleValue(), min, max, path) : expected("number", value, path);
    }

    /** A whole number within bounds, both included. */
    static Rule whole(long min, long max) {
        return (value, path) -> value.isNumber() && !Numbers.isWhole(value)
                ? issue("Expected a whole number", path)
                : within(min, max).issues(value, path);
    }

    /** One of an enum's names, in lower case. */
    static Rule oneOf(Enum<?>... constants) {
        List<String> names = Stream.of(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        String listed = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" | "));
        return (value, path) -> {
            if (!value.isTextual()) {
                return expected("string", value, path);
            }
            return names.contains(value.textValue())
                    ? List.of()
                    : issue("Invalid enum value. Expected " + listed, path);
        };
    }

    /** An object whose fields follow rules; other fields are free. */
    static Rule fields(Map<String, Rule> rules, String... required) {
        return (value, path) -> {
            if (!value.isObject()) {
                return expected("object", value, path);
            }
            List<Issue> issues = new ArrayList<>();
            for (String name : required) {
                if (!value.hasNonNull(name)) {
                    issues.addAll(issue("Required", path(path, name)));
                }
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                Rule rule = rules.get(field.getKey());
                if (rule != null && !field.getValue().isNull()) {
                    issues.addAll(rule.issues(field.getValue(), path(path, field.getKey())));
                }
            }
            return issues;
        };
    }

    /** An issue at a path. */
    static List<Issue> issue(String message, List<String> path) {
        return List.of(new Issue(path, message));
    }

    private static List<Issue> expected(String type, JsonNode value, List<String> path) {
        return issue("Expected " + type + ", received " + typeOf(value), path);
    }

    private static List<Issue> within(JsonNode value, double number, long min, long max, List<String> path) {
        return number >= min && number <= max
                ? List.of()
                : issue("Must be from " + min + " to " + max + ", received " + value.asText(), path);
    }

    private static String typeOf(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> path(List<String> parent, String name) {
        return Stream.concat(parent.stream(), Stream.of(name)).toList();
    }
}
