/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Claude Code has its files for whoever runs a command: where {@code CLAUDE_CONFIG_DIR} says, else in {@code .claude} under
 * {@code HOME}, which may be another folder than the user database has.
 */
final class ClaudeCodeFiles {

    private static final String CONFIG_DIR = "CLAUDE_CONFIG_DIR";

    /** Where an administrator's settings are, on Linux and on macOS. */
    private static final List<Path> MANAGED = List.of(
            Path.of("/etc/claude-code/managed-settings.json"),
            Path.of("/Library/Application Support/ClaudeCode/managed-settings.json"));

    private final Path folder;
    private final boolean isMoved;

    ClaudeCodeFiles(Map<String, String> environment) {
        Optional<Path> moved = folder(environment, CONFIG_DIR);
        isMoved = moved.isPresent();
        folder = moved.orElseGet(() -> folder(environment, "HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home")))
                .resolve(".claude"));
    }

    private static Optional<Path> folder(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /** The user's settings. */
    Path userSettings() {
        return folder.resolve("settings.json");
    }

    /** The settings of a project's folder that are its user's alone. */
    static Path projectSettings() {
        return Path.of(".claude", "settings.local.json");
    }

    /** All settings that can forbid what one of these files asks for, the one that goes first first. */
    List<Path> settingsThatCount() {
        return Stream.concat(
                        MANAGED.stream(),
                        Stream.of(projectSettings(), Path.of(".claude", "settings.json"), userSettings()))
                .toList();
    }

    /** An administrator's settings. */
    static List<Path> managedSettings() {
        return MANAGED;
    }

    /** The folder of the transcripts, as a user would write it. */
    String transcripts() {
        return isMoved ? folder.resolve("projects").toString() : "~/.claude/projects";
    }
}
