/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What standalone's packages may know of each other. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.standalone");

    @Test
    void onlyTheCommandLineKnowsTheWhole() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.muster.standalone.broker..",
                        "dev.muster.standalone.demo..",
                        "dev.muster.standalone.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.standalone", "dev.muster.standalone.cli..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.standalone")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.standalone.cli..")
                .check(CLASSES);
    }

    @Test
    void onlyTheBrokersPackageKnowsTheBroker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.muster.standalone.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
                .check(CLASSES);
    }

    @Test
    void theDemoIsAClientLikeAnyOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.standalone.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.ingest..", "dev.muster.query..", "dev.muster.streams..", "org.apache.kafka..")
                .check(CLASSES);
    }
}
