/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings that a process was started with: environment variables {@code MUSTER_*}, over a properties file with the
 * same names. Each module's configuration class reads its own; {@link #refuseUnknown()} then stops the start if
 * anything is left that nobody read.
 */
public final class Settings {

    /** What every setting's name begins with. */
    public static final String PREFIX = "MUSTER_";

    /** Names the properties file. */
    public static final String FILE = "MUSTER_CONFIG_FILE";

    private final Map<String, String> values;
    private final SortedSet<String> read = new TreeSet<>();

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Collects the settings.
     *
     * @param environment the process's environment; names without the prefix are passed over
     * @throws InvalidSettingException if the properties file cannot be read
     */
    public static Settings of(Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        String file = environment.get(FILE);
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new InvalidSettingException(FILE + " names a file that cannot be read: " + file);
            }
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(FILE)) {
                values.put(name, value);
            }
        });
        return new Settings(values);
    }

    /** A setting's text, trimmed; empty when it is not set or blank. */
    public Optional<String> text(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** A whole number within bounds, both included. */
    public long number(String name, long byDefault, long min, long max) {
        long value = parsed(name, Long::valueOf, "a whole number").orElse(byDefault);
        if (value < min || value > max) {
            throw new InvalidSettingException(name + " is " + value + ", and must be from " + min + " to " + max + ".");
        }
        return value;
    }

    /** A duration in ISO 8601, as PT0.5S or P30D, longer than nothing. */
    public Duration duration(String name, Duration byDefault) {
        Duration value = parsed(name, Duration::parse, "an ISO 8601 duration such as PT0.5S or P30D")
                .orElse(byDefault);
        if (value.isZero() || value.isNegative()) {
            throw new InvalidSettingException(name + " is " + value + ", and must be longer than nothing.");
        }
        return value;
    }

    /** A yes or no, written {@code true} or {@code false}. */
    public boolean flag(String name, boolean byDefault) {
        return text(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new InvalidSettingException(name + " is «" + value + "», and must be true or false.");
                })
                .orElse(byDefault);
    }

    /** A path of the file system. */
    public Optional<Path> path(String name) {
        return parsed(name, Path::of, "a path");
    }

    /** A value that the parser understands. */
    public <T> Optional<T> parsed(String name, Function<String, T> parser, String expected) {
        return text(name).map(value -> {
            try {
                return parser.apply(value);
            } catch (NumberFormatException | DateTimeParseException | InvalidPathException e) {
                throw new InvalidSettingException(name + " is «" + value + "», and must be " + expected + ".");
            }
        });
    }

    /** The names that were asked for so far, set or not. */
    public SortedSet<String> namesRead() {
        return Collections.unmodifiableSortedSet(read);
    }

    /**
     * Stops the start for a setting that nobody read.
     *
     * @throws InvalidSettingException naming the first of them
     */
    public void refuseUnknown() {
        values.keySet().stream()
                .filter(name -> !read.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSettingException(
                            name + " is no setting of this program; docs/configuration.md lists those that each has.");
                });
    }
}
