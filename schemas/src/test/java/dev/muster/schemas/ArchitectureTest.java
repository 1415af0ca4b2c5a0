/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the words that all modules share may depend on. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.schemas");

    @Test
    void they_know_no_other_module_no_server_and_no_topology() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.ingest..",
                        "dev.muster.producer..",
                        "dev.muster.query..",
                        "dev.muster.server..",
                        "dev.muster.standalone..",
                        "dev.muster.streams..",
                        "io.javalin..",
                        "io.micrometer..",
                        "org.eclipse.jetty..",
                        "org.apache.kafka.clients..",
                        "org.apache.kafka.streams..")
                .check(CLASSES);
    }
}
