/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps everything across restarts, held by one process at a time. The operating system drops the hold
 * with the process, however that ends.
 */
public final class DataFolder implements AutoCloseable {

    /** The log file's name in the folder. */
    public static final String LOG = "muster.log";

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder, making it if it is missing, and holds it until it is closed.
     *
     * @throws StartRefusedException if it is no folder, cannot be written, or is held already
     */
    public static DataFolder open(Path wanted) {
        Path path = wanted.toAbsolutePath().normalize();
        FileChannel lockFile = openLockFile(path);
        try {
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new StartRefusedException("Another Muster is running on the data folder " + path
                        + "; stop that one, or choose another folder with --data.");
            }
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data folder " + path + " cannot be locked: " + e.getMessage() + ".", e);
        }
        return new DataFolder(path, lockFile);
    }

    /** Where it is, absolute. */
    public Path path() {
        return path;
    }

    /** Where the broker of a data folder keeps its logs. */
    public static Path kafka(Path data) {
        return data.resolve("kafka");
    }

    /** The log file. */
    public Path log() {
        return path.resolve(LOG);
    }

    /** Where the topology of a data folder keeps its stores. */
    public static Path streams(Path data) {
        return data.resolve("streams");
    }

    /** Where the collector of a data folder keeps events while Kafka does not take them. */
    public static Path spool(Path data) {
        return data.resolve("spool");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel openLockFile(Path path) {
        try {
            Files.createDirectories(path);
            return FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new StartRefusedException(
                    "The data folder " + path + " cannot be made, because " + e.getFile() + " is a file.", e);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data folder " + path + " cannot be written: " + describe(e) + "; choose another with --data.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process holds it.
            return null;
        }
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }
}
