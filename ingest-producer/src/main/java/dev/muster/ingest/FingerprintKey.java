/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.Fingerprints;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The key of fingerprints: the setting's, which several collectors must share for theirs to be the same; else one that is drawn once and
 * kept in the spool's folder; else, where there is no spool, one until the collector stops.
 */
final class FingerprintKey {

    static final String SETTING = "MUSTER_FINGERPRINT_KEY";

    private static final int MIN_LENGTH = 16;
    private static final String FILE = "fingerprint-key";

    private FingerprintKey() {}

    /**
     * Reads the setting.
     *
     * @throws InvalidSettingException if it is so short that it could be found by trying
     */
    static Optional<String> from(Settings settings) {
        Optional<String> key = settings.text(SETTING);
        if (key.filter(text -> text.length() < MIN_LENGTH).isPresent()) {
            throw new InvalidSettingException(
                    SETTING + " is a secret, and must have at least " + MIN_LENGTH + " characters.");
        }
        return key;
    }

    /** The fingerprints of a collector. Its spool's folder must be there, if it has one. */
    static Fingerprints fingerprints(CollectorConfig config) {
        return config.fingerprintKey()
                .map(key -> Fingerprints.of(key.getBytes(UTF_8)))
                .orElseGet(() -> config.spool().maxBytes() == 0
                        ? Fingerprints.random()
                        : Fingerprints.of(kept(config.spool().folder().resolve(FILE))));
    }

    private static byte[] kept(Path file) {
        try {
            if (!Files.exists(file)) {
                Path fresh = file.resolveSibling(FILE + ".new");
                Files.write(fresh, Fingerprints.newKey());
                if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(
                            fresh, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
                }
                Files.move(fresh, file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length < MIN_LENGTH) {
                throw new InvalidSettingException("The key of fingerprints in " + file + " has only " + key.length
                        + " bytes; delete the file, and a new one is made.");
            }
            return key;
        } catch (IOException e) {
            throw new InvalidSettingException("The key of fingerprints cannot be kept in " + file + " ("
                    + e.getClass().getSimpleName() + " " + e.getMessage() + "); set " + SETTING + " instead.");
        }
    }
}
