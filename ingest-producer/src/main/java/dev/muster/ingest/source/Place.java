/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.Git;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event happened, in one form whichever source tells it: the repository as {@code github.com/acme/web}, or by its
 * directory where no remote is told, and the branch.
 */
public final class Place {

    /** {@code https://user@host:443/path}, {@code ssh://git@host/path}. */
    private static final Pattern URL =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/@]*@)?([^/:]+)(?::\\d+)?/+(.+)");
    /** {@code git@host:path}, as git's own short form is. */
    private static final Pattern SHORT = Pattern.compile("(?:[^/@:]+@)([^/:]+):/*(.+)");

    /** What git calls the state of being on no branch. */
    private static final String DETACHED = "HEAD";

    private static final String REFERENCE = "refs/heads/";

    private Place() {}

    /**
     * The repository that a remote is of: its host and path, without user, password, port and the ending {@code .git}. Another text,
     * as {@code acme/web} or a folder's path, stays as it is but for that ending.
     */
    public static Optional<String> repository(String remote) {
        String told = remote.strip();
        Matcher url = URL.matcher(told);
        Matcher shortForm = SHORT.matcher(told);
        String named = url.matches() ? path(url) : shortForm.matches() ? path(shortForm) : told;
        String trimmed =
                named.replaceFirst("[?#].*$", "").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return trimmed.isBlank() ? Optional.empty() : Optional.of(Text.cut(trimmed, Text.NAME));
    }

    private static String path(Matcher remote) {
        return remote.group(1).toLowerCase(Locale.ROOT) + "/" + remote.group(2);
    }

    /** The branch that a name is of; empty where none is checked out. */
    public static Optional<String> branch(String name) {
        String told = name.strip();
        String branch = told.startsWith(REFERENCE) ? told.substring(REFERENCE.length()) : told;
        return branch.isEmpty() || branch.equals(DETACHED)
                ? Optional.empty()
                : Optional.of(Text.cut(branch, Text.NAME));
    }

    /** Completes an event's repository and branch by the git state and the directory that it tells. */
    public static void complete(HookEvent event) {
        Optional<Git> git = Optional.ofNullable(event.getGit());
        if (event.getRepo() == null) {
            git.map(Git::getRemote)
                    .flatMap(Place::repository)
                    .or(() -> Optional.ofNullable(event.getCwd()).flatMap(Place::directory))
                    .ifPresent(event::setRepo);
        }
        if (event.getBranch() == null) {
            git.map(Git::getBranch).flatMap(Place::branch).ifPresent(event::setBranch);
        }
    }

    /** The name of a directory, in which a worktree is its repository; empty for the root. */
    private static Optional<String> directory(String cwd) {
        List<String> path = AgentNaming.path(cwd);
        return path.isEmpty() ? Optional.empty() : Optional.of(Text.cut(path.get(path.size() - 1), Text.NAME));
    }
}
