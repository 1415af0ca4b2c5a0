/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What every program needs knows none of the programs. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.server");

    @Test
    void it_knows_the_schemas_alone_and_no_topology() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.ingest..",
                        "dev.muster.producer..",
                        "dev.muster.query..",
                        "dev.muster.standalone..",
                        "dev.muster.streams..",
                        "org.apache.kafka.streams..")
                .check(CLASSES);
    }

    @Test
    void only_kafka_and_topics_know_kafkas_clients_and_only_http_the_web_server() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.muster.server.kafka..", "dev.muster.server.topics..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.muster.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_circle() {
        slices().matching("dev.muster.server.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
