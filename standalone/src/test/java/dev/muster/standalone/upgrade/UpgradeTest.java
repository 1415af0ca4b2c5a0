/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.standalone.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The build at hand opens the data folders of earlier ones, and answers what they answered, to the byte. */
@Tag("any-java")
class UpgradeTest {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final Pattern NOT_UNDERSTOOD = Pattern.compile("[?&](unknown=1|limit=(0|-5|501|9{21}))\\b");
    private static final int MAX_TOLD = 5;

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void answersAsTheVersionThatWroteTheFolder(Fixture fixture, @TempDir Path data) throws Exception {
        List<Exchange> all = fixture.exchanges();
        List<Exchange> reads = all.stream().takeWhile(UpgradeTest::isRead).toList();
        List<Exchange> commands = all.subList(reads.size(), all.size());
        assertThat(all).hasSizeGreaterThanOrEqualTo(300);
        fixture.unpack(data);
        try (Standalone upgraded = fixture.start(data)) {
            assertAnswers(upgraded, reads, "after the upgrade");
        }
        try (Standalone again = fixture.start(data)) {
            assertAnswers(again, reads, "after another start");
        }
        delete(data.resolve("streams"));
        try (Standalone restored = fixture.start(data)) {
            assertAnswers(restored, reads, "with the state restored from Kafka");
            assertAnswers(restored, commands, "to commands, and after them");
        }
    }

    private static boolean isRead(Exchange exchange) {
        return List.of("GET", "HEAD").contains(exchange.request().method());
    }

    private static void assertAnswers(Standalone muster, List<Exchange> expected, String when) throws IOException {
        List<String> differences = new ArrayList<>();
        for (Exchange exchange : expected) {
            Exchange.Answer answer = PlainHttp.send(muster.api(), exchange.request());
            if (!isRefusedSince(exchange, answer)) {
                Difference.between(exchange.answer(), answer)
                        .ifPresent(it -> differences.add(exchange.request() + "\n" + it));
            }
        }
        assertThat(differences.stream().limit(MAX_TOLD))
                .as("%s answers of %s differ %s", differences.size(), expected.size(), when)
                .isEmpty();
    }

    /** Whether it is a question that the version before answered without understanding it, and that is refused now. */
    private static boolean isRefusedSince(Exchange exchange, Exchange.Answer answer) {
        return exchange.answer().status() == OK
                && answer.status() == BAD_REQUEST
                && NOT_UNDERSTOOD.matcher(exchange.request().toString()).find();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
