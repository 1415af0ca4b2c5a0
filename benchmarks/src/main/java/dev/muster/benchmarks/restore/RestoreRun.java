/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import dev.muster.benchmarks.cases.MusterInstance;
import dev.muster.benchmarks.cases.Progress;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Fills an instance's state from the topic, ends it in three ways, and takes the time until its sessions answer again. */
public final class RestoreRun {

    private static final Duration FILL_WITHIN = Duration.ofMinutes(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    /**
     * How it is measured.
     *
     * @param transactionalStores whether the instances have transactional stores
     * @param settled whether the instance is killed when all sessions' rows are written, and the journal is empty, not at once
     * @param onlyTheKill whether nothing but the start after a kill is measured
     */
    public record Way(boolean transactionalStores, boolean settled, boolean onlyTheKill) {

        String group() {
            return transactionalStores ? "bench-restore" : "bench-restore-plain";
        }

        String named(String restart) {
            return transactionalStores ? restart : restart + ", plain stores";
        }
    }

    private final Way way;
    private final InstantSource clock;
    private final String bootstrap;
    private final Loaded loaded;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Restart> restarts = new ArrayList<>();
    private long stateBytes;
    private int started;

    /**
     * Prepares a run.
     *
     * @param folder an empty folder for states and outputs
     * @param progress is told what was measured, when it was
     */
    public RestoreRun(
            Way way, InstantSource clock, String bootstrap, Loaded loaded, Path folder, Consumer<String> progress) {
        this.way = way;
        this.clock = clock;
        this.bootstrap = bootstrap;
        this.loaded = loaded;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException if an instance fails, or its sessions are not what they ought to be
     */
    public List<Restart> run() throws IOException {
        try (InstanceProcess first = start("a")) {
            first.await("ready", InstanceStatus::ready);
            awaitAllCommitted();
            if (way.settled) {
                first.await("done with writing rows", status -> status.unwritten() == 0);
            }
            first.kill();
        }
        restart("after kill -9").stop();
        stateBytes = bytesIn(folder.resolve("a"));
        if (!way.onlyTheKill) {
            stopAndStandBy();
        }
        return List.copyOf(restarts);
    }

    private void stopAndStandBy() throws IOException {
        InstanceProcess second = restart("after a clean stop");
        try (second;
                InstanceProcess other = start("b")) {
            InstanceStatus before = other.await("standing by", InstanceStatus::standsBy);
            long ended = System.nanoTime();
            second.kill();
            InstanceStatus after = other.await("ready", InstanceStatus::ready);
            add(new Restart(
                    way.named("kill -9 of an instance with " + (MusterInstance.TASKS - before.active())
                            + " tasks, another stands by"),
                    (System.nanoTime() - ended) / NANOS,
                    0,
                    0,
                    after.cpuSeconds() - before.cpuSeconds(),
                    after.restored() - before.restored(),
                    after.restoredBytes() - before.restoredBytes()));
            other.stop();
        }
    }

    /** The bytes of the state folder after a clean stop; known after the run. */
    public long stateBytes() {
        return stateBytes;
    }

    /** Starts the first instance again, and returns when it is ready. */
    private InstanceProcess restart(String name) throws IOException {
        long began = System.nanoTime();
        long beganAt = clock.millis();
        InstanceProcess again = start("a");
        InstanceStatus ready = again.await("ready", InstanceStatus::ready);
        add(new Restart(
                way.named(name),
                (System.nanoTime() - began) / NANOS,
                Math.max(0, ready.restoreBegan() - beganAt) / MILLIS,
                (ready.restoreEnded() - ready.restoreBegan()) / MILLIS,
                ready.cpuSeconds(),
                ready.restored(),
                ready.restoredBytes()));
        return again;
    }

    private void add(Restart restart) {
        restarts.add(restart);
        progress.accept(restart.toString());
    }

    private InstanceProcess start(String name) throws IOException {
        Path own = Files.createDirectory(folder.resolve("instance-" + ++started));
        Map<String, String> settings = Map.of(
                "MUSTER_INSTANCE_ID",
                name,
                "MUSTER_STANDBYS",
                "1",
                MusterInstance.TRANSACTIONAL_STORES,
                String.valueOf(way.transactionalStores));
        String state = folder.resolve(name).toString();
        return new InstanceProcess(new InstanceOrder(bootstrap, way.group(), loaded, state, settings), own);
    }

    private void awaitAllCommitted() {
        long deadline = System.nanoTime() + FILL_WITHIN.toNanos();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            while (Progress.committed(admin, way.group(), Topics.HOOK_EVENTS) < loaded.records()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the state was not filled within " + FILL_WITHIN);
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how far the instance has come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the state was filled", e);
        }
    }

    private static long bytesIn(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
