/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the packages of the collector and of the producer library may know of each other, of HTTP and of Kafka. */
class ArchitectureTest {

    private static final String[] SOURCES = {
        "dev.muster.ingest.claudecode..",
        "dev.muster.ingest.otlp..",
        "dev.muster.ingest.source..",
        "dev.muster.ingest.transcript..",
        "dev.muster.ingest.voight.."
    };

    private static final String[] HTTP = {
        "dev.muster.ingest.http..", "io.javalin..", "jakarta.servlet..", "java.net.http..", "org.eclipse.jetty.."
    };

    private static final String[] KAFKA = {
        "dev.muster.ingest.kafka..", "dev.muster.ingest.spool..", "org.apache.kafka.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.ingest", "dev.muster.producer");

    @Test
    void aSourceKnowsNoHttpAndNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(SOURCES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HTTP)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(SOURCES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA)
                .check(CLASSES);
    }

    @Test
    void privacyKnowsNoTransport() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.ingest.privacy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HTTP)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.ingest.privacy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA)
                .check(CLASSES);
    }

    @Test
    void theProducerLibraryKnowsNothingOfTheCollector() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.producer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.ingest..")
                .check(CLASSES);
    }

    /** What it shares with the collector is how a transcript's lines are read. */
    @Test
    void theImportKnowsTheCollectorOnlyOverHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.ingest.importing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.ingest",
                        "dev.muster.ingest.auth..",
                        "dev.muster.ingest.control..",
                        "dev.muster.ingest.http..",
                        "dev.muster.ingest.kafka..",
                        "dev.muster.ingest.limit..",
                        "dev.muster.ingest.spool..",
                        "org.apache.kafka..")
                .check(CLASSES);
    }

    /** The keys' last uses are written to Kafka too, and the collector is put together at the top. */
    @Test
    void onlyTheTransportKnowsKafkasClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.muster.ingest",
                        "dev.muster.ingest.auth..",
                        "dev.muster.ingest.kafka..",
                        "dev.muster.ingest.spool..",
                        "dev.muster.producer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCircle() {
        slices().matching("dev.muster.ingest.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
