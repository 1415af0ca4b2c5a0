/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import dev.muster.standalone.host.StartRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The folder of the broker's logs. It is formatted once, beside its place, and then moved there: a start that is killed
 * half-way leaves no half-formatted folder. One that holds anything is checked, and never formatted over.
 */
final class BrokerFolder {

    private final Path path;

    private BrokerFolder(Path path) {
        this.path = path;
    }

    /**
     * Formats a folder that is missing or empty, and checks any other.
     *
     * @throws StartRefusedException if it is damaged, or cannot be written
     */
    static BrokerFolder prepare(Path wanted) {
        Path path = wanted.toAbsolutePath();
        try {
            if (isMissingOrEmpty(path)) {
                format(path);
            }
            check(path);
        } catch (Exception e) {
            throw new StartRefusedException(
                    "The broker's folder " + path + " is damaged (" + e.getMessage()
                            + "); restore it from a copy, or choose another data folder.",
                    e);
        }
        return new BrokerFolder(path);
    }

    /** Where it is, absolute. */
    Path path() {
        return path;
    }

    /** The port that was chosen for it before. */
    OptionalInt lastPort() {
        try {
            return OptionalInt.of(Integer.parseInt(Files.readString(portFile()).trim()));
        } catch (IOException | NumberFormatException e) {
            // The port is a convenience for clients; without it another is as good.
            return OptionalInt.empty();
        }
    }

    /** Keeps the port, so that clients find the broker there after a restart. */
    void keepPort(int port) throws IOException {
        Files.writeString(portFile(), port + "\n");
    }

    private Path portFile() {
        return path.resolve("muster.port");
    }

    private static boolean isMissingOrEmpty(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static void format(Path path) throws Exception {
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Utils.delete(unfinished.toFile());
        Files.createDirectories(unfinished);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(unfinished.toString())
                    .addDirectory(unfinished.toString())
                    .run();
        }
        Files.deleteIfExists(path);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void check(Path path) throws IOException {
        new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(path.toString()))
                .addMetadataLogDir(path.toString())
                .load()
                .verify(
                        Optional.empty(),
                        OptionalInt.of(BrokerSettings.NODE_ID),
                        EnumSet.of(
                                VerificationFlag.REQUIRE_METADATA_LOG_DIR,
                                VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID));
    }
}
