/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the agents of clients are called that tell where they work but not who they are. A worktree that Claude Code made within a
 * repository is the repository, whichever of the two it is.
 */
public enum AgentNaming {
    /** By the directory's last part: {@code claude-code:web}, wherever that lies. */
    DIRECTORY(1),
    /** By the last two parts, without the folders of a user's home: {@code claude-code:client-a/web}. */
    REPOSITORY(2);

    private static final String SETTING = "MUSTER_AGENT_NAMING";

    /** Where Claude Code puts the worktrees that it makes, and what lies in them. */
    private static final Pattern WORKTREE = Pattern.compile("[/\\\\]\\.claude[/\\\\]worktrees[/\\\\].*$");

    /** Folders of users' homes: on Linux, on macOS, and on Windows behind the drive. */
    private static final Set<String> HOMES = Set.of("home", "users");

    private final int parts;

    AgentNaming(int parts) {
        this.parts = parts;
    }

    /**
     * Reads the setting.
     *
     * @throws InvalidSettingException if it is none of these
     */
    public static AgentNaming from(Settings settings) {
        return settings.text(SETTING)
                .map(text -> Arrays.stream(values())
                        .filter(naming -> naming.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new InvalidSettingException(
                                SETTING + " is «" + text + "», and must be directory or repository.")))
                .orElse(DIRECTORY);
    }

    /**
     * The label of an agent.
     *
     * @param client the program
     * @param cwd its working directory, a path with slashes or backslashes; the result is empty for the root
     */
    public Optional<Label> label(String client, String cwd) {
        List<String> path = path(cwd);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        int last = path.size() - 1;
        int first = Math.max(path.size() - parts, Math.min(partsOfHome(path), last));
        return Optional.of(Label.named(client, String.join("/", path.subList(first, path.size()))));
    }

    /** The parts of a directory's path, up to the repository where it is a worktree's; none for the root. */
    static List<String> path(String cwd) {
        return Arrays.stream(WORKTREE.matcher(cwd).replaceFirst("").split("[/\\\\]", -1))
                .filter(Predicate.not(String::isBlank))
                .toList();
    }

    /** How many parts of a path are a user's home. */
    private static int partsOfHome(List<String> path) {
        int drive = path.get(0).endsWith(":") ? 1 : 0;
        boolean isHome = drive < path.size() && HOMES.contains(path.get(drive).toLowerCase(Locale.ROOT));
        return isHome ? drive + 2 : path.get(0).equals("root") ? 1 : drive;
    }
}
