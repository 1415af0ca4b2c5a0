/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.muster.standalone.Standalone;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data folder that some version wrote, and what that version answered from it.
 *
 * @param folder where its files are
 */
record Fixture(Path folder) {

    private static final String CLOCK = "clock";

    /** All that are kept, the oldest first. */
    static List<Fixture> all() {
        try {
            Path root = Path.of(Objects.requireNonNull(Fixture.class.getResource("/upgrade"), "upgrade")
                    .toURI());
            try (Stream<Path> folders = Files.list(root)) {
                return folders.filter(Files::isDirectory)
                        .sorted()
                        .map(Fixture::new)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The data folder, packed. */
    Path data() {
        return folder.resolve("data.zip");
    }

    /** What was answered, an exchange a line. */
    Path answers() {
        return folder.resolve("answers.ndjson.gz");
    }

    /** Starts the build at hand on a copy of the data folder, as it was recorded, and waits until it is ready. */
    Standalone start(Path data) {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("settings.properties"))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant clock = Instant.parse(settings.getProperty(CLOCK));
        Map<String, String> environment = new HashMap<>();
        settings.stringPropertyNames().stream()
                .filter(name -> !name.equals(CLOCK))
                .forEach(name -> environment.put(name, settings.getProperty(name)));
        return start(environment, data, InstantSource.fixed(clock));
    }

    static Standalone start(Map<String, String> environment, Path data, InstantSource clock) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("MUSTER_QUERY_PORT", "0");
        settings.put("MUSTER_INGEST_PORT", "0");
        Standalone started = Standalone.start(settings, data, clock, held -> {});
        await().atMost(Duration.ofMinutes(2)).until(started::notReadyBecause, Optional::isEmpty);
        return started;
    }

    /** What was answered. */
    List<Exchange> exchanges() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(answers())), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                exchanges.add(Exchange.ofLine(line));
            }
        }
        return exchanges;
    }

    /** Keeps what was answered. */
    void keep(List<Exchange> exchanges) throws IOException {
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(answers())), UTF_8)) {
            for (Exchange exchange : exchanges) {
                out.write(exchange.toLine());
                out.write('\n');
            }
        }
    }

    /** Packs a data folder. */
    void pack(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data);
                OutputStream file = Files.newOutputStream(data());
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(9);
            for (Path path : files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList()) {
                zip.putNextEntry(new ZipEntry(data.relativize(path).toString()));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    /** Makes a copy of the data folder. */
    void unpack(Path to) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(data()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = to.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.copy(zip, path);
            }
        }
    }

    @Override
    public String toString() {
        return String.valueOf(folder.getFileName());
    }
}
