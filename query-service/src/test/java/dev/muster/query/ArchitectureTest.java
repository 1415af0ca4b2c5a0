/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * What the API's packages may know of each other, of HTTP, of Kafka and of the stores: routes ask {@code streams.read} and never
 * a store, and only what puts the node together knows Kafka.
 */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.query");

    @Test
    void no_class_names_a_class_of_a_package_above_its_own() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.query.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.query")
                .check(CLASSES);
    }

    @Test
    void routes_know_no_kafka_and_json_no_http() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.muster.query.routes..", "dev.muster.query.params..", "dev.muster.query.permits..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.query.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void what_is_asked_and_who_may_read_when_know_nothing_of_the_routes() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.muster.query.params..", "dev.muster.query.permits..", "dev.muster.query.auth..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.query.routes..")
                .check(CLASSES);
    }

    @Test
    void nobody_reaches_behind_what_answers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.streams.store..",
                        "dev.muster.streams.topology..",
                        "dev.muster.streams.read.shard..",
                        "dev.muster.streams.read.gather..",
                        "dev.muster.ingest..",
                        "dev.muster.standalone..")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_circle() {
        slices().matching("dev.muster.query.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
