/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import dev.muster.ingest.CollectorConfig;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.query.QueryConfig;
import dev.muster.query.QueryNodeConfig;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import dev.muster.schemas.settings.Settings;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.host.DataFolder;
import dev.muster.standalone.host.LoopbackPorts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of all parts, read and checked before anything is started. Standalone brings its own broker and
 * folders, so those that would name others are refused.
 *
 * @param data the folder that keeps everything
 * @param kafkaPort the broker's port
 * @param collector the collector's
 * @param node the topology's and the API's
 */
record Configuration(Path data, int kafkaPort, CollectorConfig collector, QueryNodeConfig node) {

    private static final String STATE_DIR = "MUSTER_STATE_DIR";
    private static final List<String> OWN = List.of(KafkaSettings.BOOTSTRAP, STATE_DIR, SpoolConfig.DIR);

    /**
     * Reads them.
     *
     * @param environment the process's environment
     * @param defaultData the data folder unless a setting names another
     * @throws InvalidSettingException for the first setting that is wrong or unknown
     */
    static Configuration read(Map<String, String> environment, Path defaultData) {
        Settings given = Settings.of(environment);
        for (String name : OWN) {
            if (given.text(name).isPresent()) {
                throw new InvalidSettingException(
                        name + " is not for standalone, which brings its own Kafka and folders; unset it.");
            }
        }
        StandaloneConfig standalone = StandaloneConfig.from(given, defaultData);
        int kafkaPort = EmbeddedBroker.choosePort(DataFolder.kafka(standalone.data()), standalone.kafkaPort());
        QueryConfig query = QueryConfig.from(given);

        Map<String, String> completed = new HashMap<>(environment);
        completed.put(KafkaSettings.BOOTSTRAP, LoopbackPorts.ADDRESS + ":" + kafkaPort);
        completed.put(STATE_DIR, DataFolder.streams(standalone.data()).toString());
        completed.put(SpoolConfig.DIR, DataFolder.spool(standalone.data()).toString());
        completed.put(ApiKeys.SETTING, withLocalKey(given, query.account()));
        Settings settings = Settings.of(completed);
        Configuration configuration = new Configuration(
                standalone.data(), kafkaPort, CollectorConfig.from(settings), QueryNodeConfig.from(settings));
        StandaloneConfig.from(settings, defaultData);
        settings.refuseUnknown();
        configuration.requireLoopback();
        configuration.requireDistinctPorts();
        return configuration;
    }

    /**
     * Makes sure that the ports can be had. The data folder has to be held: a Muster that runs on it has them.
     *
     * @throws dev.muster.standalone.host.StartRefusedException if a port is taken
     */
    void requireFreePorts() {
        ports().forEach(port -> LoopbackPorts.requireFree(port.number(), port.purpose(), port.option()));
    }

    private record Port(int number, String purpose, String option) {}

    private List<Port> ports() {
        return List.of(
                new Port(node.api().port(), "the API", "--port"),
                new Port(collector.port(), "the collector", "--ingest-port"),
                new Port(kafkaPort, "Kafka", "--kafka-port"));
    }

    private void requireDistinctPorts() {
        Map<Integer, Port> byNumber = new HashMap<>();
        for (Port port : ports()) {
            Port other = byNumber.put(port.number(), port);
            if (other != null && port.number() != 0) {
                throw new InvalidSettingException("Port " + port.number() + " is to serve " + other.purpose() + " and "
                        + port.purpose() + "; choose another with " + other.option() + " or " + port.option() + ".");
            }
        }
    }

    /** The user's keys, checked by themselves so that an error counts their entries, and the one that is always taken. */
    private static String withLocalKey(Settings given, String account) {
        String local = Standalone.LOCAL_KEY + "=";
        given.text(ApiKeys.SETTING).ifPresent(keys -> {
            if (Arrays.stream(keys.split(",", -1)).map(String::strip).anyMatch(entry -> entry.startsWith(local))) {
                throw new InvalidSettingException(ApiKeys.SETTING + " names " + Standalone.LOCAL_KEY
                        + ", which is reserved: standalone always takes it; leave it out.");
            }
            ApiKeys.parse(keys);
        });
        return given.text(ApiKeys.SETTING)
                .map(keys -> keys + "," + local + account)
                .orElse(local + account);
    }

    private void requireLoopback() {
        try {
            if (InetAddress.getByName(collector.host()).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new InvalidSettingException("MUSTER_INGEST_HOST names no host: " + collector.host() + ".");
        }
        throw new InvalidSettingException("MUSTER_INGEST_HOST is " + collector.host()
                + ", and must be a loopback address: standalone takes a key that everybody knows.");
    }
}
