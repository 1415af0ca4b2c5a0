/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What an import has sent, kept in a file across runs: how far each transcript was acknowledged, and which of them each
 * id belongs to. All of it is of one Kafka cluster. One process at a time holds it. The file is replaced as a whole, so a kill leaves the one before; what
 * was sent since is sent again, which the collector knows by its ids.
 */
final class ImportState implements AutoCloseable {

    private static final long MAGIC = 0x4d75737465722d32L;
    private static final Duration SAVE_AFTER = Duration.ofSeconds(5);

    private final Path file;
    private final FileChannel lock;
    private final InstantSource clock;
    private final Map<String, Sent> files = new HashMap<>();
    private LineOwners owners = new LineOwners();
    private String cluster = "";
    private Instant saved;

    private ImportState(Path file, FileChannel lock, InstantSource clock) {
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.saved = clock.instant();
    }

    /**
     * Opens a state, and holds it until it is closed.
     *
     * @param again whether to begin anew, whatever the file says
     * @throws ImportRefusedException if another import holds it, or it cannot be read
     */
    static ImportState open(Path wanted, boolean again, InstantSource clock) {
        Path file = wanted.toAbsolutePath().normalize();
        ImportState state = new ImportState(file, hold(file), clock);
        try {
            if (!again && Files.exists(file)) {
                state.load();
            }
            return state;
        } catch (IOException e) {
            state.close();
            throw new ImportRefusedException(
                    "The import's state " + file
                            + " is damaged; with --again everything is sent once more, which counts"
                            + " nothing twice.",
                    e);
        }
    }

    /**
     * Says which cluster is sent to. A state of another one is forgotten, for that cluster has nothing of it.
     *
     * @return whether it was
     */
    boolean sendTo(String wanted) {
        boolean another = !cluster.isEmpty() && !cluster.equals(wanted);
        if (another) {
            files.clear();
            owners = new LineOwners();
        }
        cluster = wanted;
        return another;
    }

    /** How far a file has been sent; one that was never seen gets a number. */
    Sent sent(Path path) {
        return files.computeIfAbsent(path.toString(), unseen -> Sent.nothing(files.size() + 1));
    }

    /** Notes how far a file has been sent, and saves that now and then. */
    void note(Path path, Sent sent) {
        files.put(path.toString(), sent);
        if (clock.instant().isAfter(saved.plus(SAVE_AFTER))) {
            save();
        }
    }

    /** Which file each id belongs to. */
    LineOwners owners() {
        return owners;
    }

    /**
     * Writes all of it, in place of what was there.
     *
     * @throws ImportRefusedException if it cannot be written
     */
    void save() {
        try {
            write();
        } catch (IOException e) {
            throw new ImportRefusedException(
                    "The import's state " + file + " cannot be written: " + e.getMessage()
                            + ". What was sent since it was last written is sent again, and counts once.",
                    e);
        }
    }

    private void write() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        CheckedOutputStream checked =
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)), new CRC32());
        try (DataOutputStream out = new DataOutputStream(checked)) {
            out.writeLong(MAGIC);
            out.writeUTF(cluster);
            out.writeInt(files.size());
            for (Map.Entry<String, Sent> each : files.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeInt(each.getValue().number());
                out.writeLong(each.getValue().offset());
                out.writeLong(each.getValue().lines());
                out.writeLong(each.getValue().print());
            }
            owners.write(out);
            out.writeLong(checked.getChecksum().getValue());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        saved = clock.instant();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new ImportRefusedException("The lock of the import's state " + file + " cannot be let go.", e);
        }
    }

    private void load() throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC) {
                throw new IOException("it is no state of an import");
            }
            cluster = in.readUTF();
            for (int left = in.readInt(); left > 0; left--) {
                files.put(in.readUTF(), new Sent(in.readInt(), in.readLong(), in.readLong(), in.readLong()));
            }
            owners = LineOwners.read(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("its check sum is wrong");
            }
        }
    }

    private static FileChannel hold(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel lock = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (isHeld(lock)) {
                lock.close();
                throw new ImportRefusedException("Another import to this collector is running (it holds " + file
                        + "); wait for that one, or stop it.");
            }
            return lock;
        } catch (IOException e) {
            throw new ImportRefusedException(
                    "The import's state " + file + " cannot be written (" + e + "); choose another place with --state.",
                    e);
        }
    }

    private static boolean isHeld(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            // This very process holds it.
            return true;
        }
    }
}
