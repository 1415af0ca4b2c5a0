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
import java.nio.file.NotDirectoryException;
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

    private static final String PORT_FILE = "muster.port";

    private BrokerFolder() {}

    /**
     * Formats a folder that is missing or empty, and checks any other.
     *
     * @return the folder, absolute
     * @throws StartRefusedException if it is damaged, or cannot be written
     */
    static Path prepare(Path wanted) {
        Path path = wanted.toAbsolutePath();
        try {
            if (isMissingOrEmpty(path)) {
                format(path);
            }
            checkIdentity(path);
            MetadataLog.check(path);
            return path;
        } catch (NotDirectoryException e) {
            throw damaged(path, "it is a file", e);
        } catch (Exception e) {
            throw damaged(path, String.valueOf(e.getMessage()).replaceFirst("\\.$", ""), e);
        }
    }

    /** The port that was chosen for the folder before. */
    static OptionalInt lastPort(Path path) {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(path.resolve(PORT_FILE)).trim()));
        } catch (IOException | NumberFormatException e) {
            // The port is a convenience for clients; without it another is as good.
            return OptionalInt.empty();
        }
    }

    /** Keeps the port, so that clients find the broker there after a restart. */
    static void keepPort(Path path, int port) throws IOException {
        Files.writeString(path.resolve(PORT_FILE), port + "\n");
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

    private static void checkIdentity(Path path) throws IOException {
        MetaPropertiesEnsemble identity = new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(path.toString()))
                .addMetadataLogDir(path.toString())
                .load();
        boolean complete = identity.logDirProps().values().stream()
                .anyMatch(properties -> properties.nodeId().isPresent()
                        && properties.clusterId().isPresent());
        if (!complete) {
            throw new IOException("its meta.properties is missing or not readable");
        }
        identity.verify(
                Optional.empty(),
                OptionalInt.of(BrokerSettings.NODE_ID),
                EnumSet.of(VerificationFlag.REQUIRE_METADATA_LOG_DIR));
    }

    private static StartRefusedException damaged(Path path, String reason, Exception cause) {
        return new StartRefusedException(
                "The broker's folder " + path + " is damaged (" + reason
                        + "); restore it from a copy, or choose another data folder.",
                cause);
    }
}
