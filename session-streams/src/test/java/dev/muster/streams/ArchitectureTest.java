/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsType;
import dev.muster.streams.store.RowsType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.junit.jupiter.api.Test;

/**
 * What the module's packages may know of each other and of Kafka. The stores are called by the topology, by the live sessions
 * laid over them, and by the local shard; readers know the shard, and other modules only {@code read} and how to start.
 */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster.streams");

    private static final String READ = "dev.muster.streams.read";

    @Test
    void the_model_and_the_prices_know_no_kafka() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.muster.streams.model..", "dev.muster.streams.price..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void only_the_live_sessions_and_who_asks_for_stores_use_what_kafka_streams_keeps_to_itself() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(LiveSessions.class, LiveSessionsType.class, RowsType.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..internals..")
                .check(CLASSES);
    }

    @Test
    void the_layers_know_only_what_is_under_them() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.streams", "dev.muster.streams.read..", "dev.muster.streams.topology..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.topology..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.streams", "dev.muster.streams.read..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.read..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.streams", "dev.muster.streams.topology..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.streams",
                        "dev.muster.streams.store..",
                        "dev.muster.streams.read..",
                        "dev.muster.streams.topology..")
                .check(CLASSES);
    }

    @Test
    void nobody_reads_through_a_view_that_a_closed_store_does_not_hold_back() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(QueryableStoreTypes.class)
                .check(CLASSES);
    }

    @Test
    void what_is_gathered_knows_no_store_and_no_kafka() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.read.gather..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.streams.store..", "org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void views_pages_shards_and_what_gathers_them_know_only_those_before_them() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.read")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.streams.read.*..", "dev.muster.streams.store..", "org.apache.kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.read.page..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.streams.read.shard..",
                        "dev.muster.streams.read.gather..",
                        "dev.muster.streams.store..",
                        "org.apache.kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.streams.read.shard..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.streams.read.gather..")
                .check(CLASSES);
    }

    @Test
    void only_the_topology_and_the_shards_call_the_stores() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.muster.streams.store..",
                        "dev.muster.streams.topology..",
                        "dev.muster.streams.read.shard..",
                        "dev.muster.streams")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.streams.store..")
                .check(CLASSES);
    }

    @Test
    void no_class_names_a_class_of_a_package_above_its_own() {
        classes()
                .that()
                .resideInAPackage("dev.muster.streams.*..")
                .should(nameNoClassOfAPackageAboveTheirOwn())
                .check(CLASSES);
    }

    /** But for the rooms of {@code read}: their arrows go the other way, and have rules of their own. */
    private static ArchCondition<JavaClass> nameNoClassOfAPackageAboveTheirOwn() {
        return new ArchCondition<>("name no class of a package above their own") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String above = dependency.getTargetClass().getPackageName();
                    if (above.startsWith("dev.muster.streams")
                            && !above.startsWith(READ)
                            && from.getPackageName().startsWith(above + ".")) {
                        events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                    }
                });
            }
        };
    }
}
