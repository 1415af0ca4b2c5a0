/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/**
 * Where it was measured.
 *
 * @param java the Java that runs everything
 * @param system the operating system
 * @param processor the processor's name
 * @param cores how many of it
 * @param memoryGib the machine's memory
 * @param kafka the version of Kafka, broker and clients
 * @param loadAtStart the machine's load average over the minute before: another's work disturbs
 */
public record Environment(
        String java, String system, String processor, int cores, long memoryGib, String kafka, double loadAtStart) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    /** This machine, now. */
    public static Environment here() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Environment(
                Runtime.version().toString(),
                machine.getName() + " " + machine.getVersion() + " " + machine.getArch(),
                processorName(),
                machine.getAvailableProcessors(),
                machine.getTotalMemorySize() >> 30,
                AppInfoParser.getVersion(),
                machine.getSystemLoadAverage());
    }

    private static String processorName() {
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unnamed");
        } catch (IOException e) {
            // Only Linux has that file.
            return "unnamed";
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Java %s, %s, %s, %d cores, %d GiB, Kafka %s; load at the start %.2f",
                java,
                system,
                processor,
                cores,
                memoryGib,
                kafka,
                loadAtStart);
    }
}
