/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/** A session's sums as the keyed state of a Flink job, in RocksDB, with checkpoints; the job is in a module of its own. */
final class FlinkSums implements Case {

    private static final Path LIBRARIES = Path.of("flink", "target", "lib");

    @Override
    public String name() {
        return "flink";
    }

    @Override
    public String description() {
        return "Flink: a session's sums in RocksDB, a checkpoint every second; no traces, events, deduplication";
    }

    /** The other module's build puts its jars here, beside the build of this one. */
    @Override
    public Optional<Path> libraries() {
        CodeSource own = Objects.requireNonNull(
                FlinkSums.class.getProtectionDomain().getCodeSource(), "this class comes from nowhere");
        try {
            Path target =
                    Objects.requireNonNull(Path.of(own.getLocation().toURI()).getParent());
            return Optional.of(target.resolveSibling(LIBRARIES));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(own.getLocation() + " is no place of files", e);
        }
    }

    @Override
    public Pass run(Workload workload) {
        return ServiceLoader.load(FlinkJob.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Flink is not on this process's class path: the module benchmarks-flink has it."))
                .run(workload);
    }
}
