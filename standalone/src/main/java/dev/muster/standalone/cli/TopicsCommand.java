/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.schemas.settings.KafkaSettings;
import dev.muster.schemas.settings.Settings;
import dev.muster.server.topics.TopicCreation;
import dev.muster.server.topics.TopicSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes Muster's topics in a Kafka of its user's own. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        sortOptions = false,
        description = "Make Muster's topics in your Kafka, once, before collectors and query nodes start.",
        footer = {
            "%nTopics that are there stay as they are, and what is different about them is",
            "told. One with another number of partitions is refused: the number decides",
            "where a session lives.",
            "More settings, such as how long events stay: docs/configuration.md."
        })
final class TopicsCommand implements Runnable {

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = Option.NULL_VALUE,
            description = "Kafka's addresses, divided by commas (default: " + KafkaSettings.DEFAULT_BOOTSTRAP + ").")
    private Optional<String> kafka = Optional.empty();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = Option.NULL_VALUE,
            description = "The partitions of the topics that carry events: the most instances that can share"
                    + " the work (default: 6).")
    private Optional<Integer> partitions = Optional.empty();

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = Option.NULL_VALUE,
            description = "How many brokers have each partition (default: what the brokers are set to).")
    private Optional<Integer> replication = Optional.empty();

    TopicsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        Settings settings = Settings.of(environmentAndOptions());
        String bootstrap = KafkaSettings.bootstrap(settings);
        TopicSettings topics = TopicSettings.from(settings);
        settings.refuseUnknown();
        print(TopicCreation.ensure(bootstrap, topics));
    }

    private Map<String, String> environmentAndOptions() {
        Map<String, String> all = new HashMap<>(environment);
        kafka.ifPresent(value -> all.put(KafkaSettings.BOOTSTRAP, value));
        partitions.ifPresent(value -> all.put(TopicSettings.PARTITIONS, String.valueOf(value)));
        replication.ifPresent(value -> all.put(TopicSettings.REPLICATION, String.valueOf(value)));
        return all;
    }

    private void print(List<TopicCreation.Topic> topics) {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("TOPIC", "PARTITIONS", "REPLICAS", "STATE"));
        for (TopicCreation.Topic topic : topics) {
            lines.add(List.of(
                    topic.name(),
                    String.valueOf(topic.partitions()),
                    String.valueOf(topic.replicas()),
                    topic.made() ? "made" : "there already"));
        }
        Columns.print(out, lines);
        for (TopicCreation.Topic topic : topics) {
            topic.differences().forEach(difference -> out.println(topic.name() + ": " + difference + "."));
        }
        out.flush();
    }
}
