/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.registry;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK new enough for the registry's server, which the JDK of the build need not be. */
final class TestJdk {

    private static final int LEAST = 21;
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    private TestJdk() {}

    /**
     * The command {@code java} of such a JDK.
     *
     * @throws IllegalStateException if there is none, in one sentence
     */
    static Path java() {
        Stream<Path> named = Stream.ofNullable(System.getenv("MUSTER_TEST_JDK")).map(Path::of);
        Stream<Path> own = Stream.of(Path.of(System.getProperty("java.home")));
        return Stream.of(named, own, FOLDERS.stream().flatMap(TestJdk::under))
                .flatMap(homes -> homes)
                .filter(home ->
                        feature(home).filter(version -> version >= LEAST).isPresent())
                .map(home -> home.resolve("bin").resolve("java"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The schema registry's server needs a JDK " + LEAST
                        + " or newer, and there is none in " + FOLDERS + "; name one with MUSTER_TEST_JDK."));
    }

    private static Stream<Path> under(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.sorted().flatMap(home -> Stream.of(home, home.resolve("Contents/Home"))).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a JDK says of itself in its release file. */
    private static Optional<Integer> feature(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(properties.getProperty("JAVA_VERSION"))
                .map(version -> Runtime.Version.parse(version.replace("\"", "")).feature());
    }
}
