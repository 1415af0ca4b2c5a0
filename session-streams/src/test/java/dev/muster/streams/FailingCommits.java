/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The runner's clients, whose producer has a call of a commit time out. */
final class FailingCommits implements KafkaClientSupplier {

    private final KafkaClientSupplier clients = new KafkaClients();
    private final String call;
    private final BooleanSupplier fails;

    FailingCommits(String call, BooleanSupplier fails) {
        this.call = call;
        this.fails = fails;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> getProducer(Map<String, Object> properties) {
        Producer<byte[], byte[]> producer = clients.getProducer(properties);
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                FailingCommits.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call) && fails.getAsBoolean()) {
                        throw new TimeoutException("a failure that the test makes");
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Admin getAdmin(Map<String, Object> properties) {
        return clients.getAdmin(properties);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> properties) {
        return clients.getConsumer(properties);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> properties) {
        return clients.getRestoreConsumer(properties);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> properties) {
        return clients.getGlobalConsumer(properties);
    }
}
