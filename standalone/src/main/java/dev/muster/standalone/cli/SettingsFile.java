/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A settings file of Claude Code's, which is its user's: read strictly, replaced as a whole, and never without a copy. */
final class SettingsFile {

    private static final Pattern INDENT = Pattern.compile("\n([ \t]+)\\S");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Path path;
    private final String text;
    private final ObjectNode settings;

    private SettingsFile(Path path, String text, ObjectNode settings) {
        this.path = path;
        this.text = text;
        this.settings = settings;
    }

    /**
     * Reads a file; one that is missing has no settings.
     *
     * @throws CommandFailedException if it is no JSON object, or no file that may be read
     */
    static SettingsFile read(Path wanted) throws IOException {
        check(wanted);
        Path path = Files.exists(wanted)
                ? wanted.toRealPath()
                : wanted.toAbsolutePath().normalize();
        String text = Files.exists(path) ? Files.readString(path) : "";
        if (text.isBlank()) {
            return new SettingsFile(path, text, JSON.createObjectNode());
        }
        try {
            JsonNode read = JSON.readTree(text);
            if (read instanceof ObjectNode object) {
                return new SettingsFile(path, text, object);
            }
            throw new CommandFailedException(path + " is no JSON object; mend it first. Nothing was changed.");
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(
                    path + " is no valid JSON" + where(e) + "; mend it first. Nothing was changed.", e);
        }
    }

    private static void check(Path wanted) {
        if (Files.isSymbolicLink(wanted) && !Files.exists(wanted)) {
            throw new CommandFailedException(
                    wanted + " is a link to nothing; mend or remove it first. Nothing was changed.");
        }
        if (Files.isDirectory(wanted)) {
            throw new CommandFailedException(wanted + " is a folder, and must be a file. Nothing was changed.");
        }
        if (Files.exists(wanted) && !Files.isReadable(wanted)) {
            throw new CommandFailedException(wanted + " may not be read by this user. Nothing was changed.");
        }
    }

    Path path() {
        return path;
    }

    ObjectNode settings() {
        return settings;
    }

    /**
     * Replaces the file, readable by its owner alone since it may hold a key.
     *
     * @return the copy of what was there, if anything was
     * @throws CommandFailedException if the folder does not allow it
     */
    Optional<Path> write(ObjectNode changed, Instant now) throws IOException {
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new CommandFailedException(path + " may not be written by this user. Nothing was changed.");
        }
        try {
            return replace(changed, now);
        } catch (FileSystemException e) {
            String why = e.getReason() == null ? "" : " (" + e.getReason() + ")";
            throw new CommandFailedException(
                    path + " cannot be written: " + e.getFile() + " is refused" + why + ". It is as it was.", e);
        }
    }

    private Optional<Path> replace(ObjectNode changed, Instant now) throws IOException {
        Files.createDirectories(path.resolve("..").normalize());
        Optional<Path> backup = Optional.empty();
        if (Files.exists(path)) {
            Path copy = path.resolveSibling(path.getFileName() + ".muster-backup-" + TIME.format(now));
            backup = Optional.of(Files.writeString(ownersOnly(copy), text));
        }
        Path fresh = Files.writeString(
                ownersOnly(path.resolveSibling(path.getFileName() + ".muster-new")), inStyle(changed));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return backup;
    }

    private String inStyle(ObjectNode changed) throws IOException {
        Matcher first = INDENT.matcher(text);
        DefaultIndenter indent = new DefaultIndenter(first.find() ? first.group(1) : "  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(indent);
        printer.indentArraysWith(indent);
        return JSON.writer(printer).writeValueAsString(changed) + (text.isEmpty() || text.endsWith("\n") ? "\n" : "");
    }

    private static Path ownersOnly(Path fresh) throws IOException {
        Files.deleteIfExists(fresh);
        return fresh.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createFile(fresh);
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
