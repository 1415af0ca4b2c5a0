/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Files and folders that an import cannot use, and why. Each is told once, however often it is met. */
final class Unusable {

    private static final int SHOWN = 20;

    private final Set<Path> told = new HashSet<>();
    private final ImportWatcher watcher;

    Unusable(ImportWatcher watcher) {
        this.watcher = watcher;
    }

    /** One that cannot be read, or not to its end. */
    void add(Path path, IOException failure) {
        add(path, words(failure));
    }

    /**
     * One that cannot be used.
     *
     * @param reason what the path is, the rest of a sentence
     */
    void add(Path path, String reason) {
        if (told.add(path)) {
            if (told.size() <= SHOWN) {
                watcher.say(path + " " + reason + ".");
            } else if (told.size() == SHOWN + 1) {
                watcher.say("More files and folders cannot be used.");
            }
        }
    }

    /** How many there are. */
    int count() {
        return told.size();
    }

    private static String words(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "may not be read by this user";
        }
        if (failure instanceof FileSystemLoopException) {
            return "leads back to a folder that it is in, and is not followed";
        }
        if (failure instanceof NoSuchFileException) {
            return "is no longer there";
        }
        return "cannot be read (" + failure.getMessage() + ")";
    }
}
