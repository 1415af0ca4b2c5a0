/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own serializer and deserializer, in a class loader of their own with their own Avro. Records go in and come
 * out as Avro's JSON.
 */
public final class ConfluentOracle implements AutoCloseable {

    private static final String AVRO = "org.apache.avro.";
    private static final String CONFLUENT = "io.confluent.kafka.serializers.";

    private final URLClassLoader loader;
    private final Object serializer;
    private final Object deserializer;

    /**
     * The real classes.
     *
     * @param registryUrl the registry that they talk to
     * @throws ReflectiveOperationException if the jar is another than the one expected
     */
    public ConfluentOracle(String registryUrl) throws ReflectiveOperationException {
        try {
            URL jar = jar().toUri().toURL();
            loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Object> config = Map.of("schema.registry.url", registryUrl);
        serializer = configured("KafkaAvroSerializer", config);
        deserializer = configured("KafkaAvroDeserializer", config);
    }

    /**
     * What the real serializer writes for a generic record, having registered its schema.
     *
     * @param schema the record's schema
     * @param json the record
     */
    public byte[] write(String topic, String schema, String json) throws ReflectiveOperationException {
        Object parsed = parse(schema);
        Object decoders = type(AVRO + "io.DecoderFactory").getMethod("get").invoke(null);
        Class<?> schemaType = type(AVRO + "Schema");
        Object decoder =
                call(decoders, decoders.getClass().getMethod("jsonDecoder", schemaType, String.class), parsed, json);
        Object reader = type(AVRO + "generic.GenericDatumReader")
                .getConstructor(schemaType)
                .newInstance(parsed);
        Object record = call(
                reader, reader.getClass().getMethod("read", Object.class, type(AVRO + "io.Decoder")), null, decoder);
        Method serialize = serializer.getClass().getMethod("serialize", String.class, Object.class);
        return (byte[]) call(serializer, serialize, topic, record);
    }

    /** What the real deserializer reads, as the JSON that a generic record tells of itself. */
    public String read(String topic, byte[] bytes) throws ReflectiveOperationException {
        Method deserialize = deserializer.getClass().getMethod("deserialize", String.class, byte[].class);
        return String.valueOf(call(deserializer, deserialize, topic, bytes));
    }

    @Override
    public void close() throws IOException {
        ((Closeable) serializer).close();
        ((Closeable) deserializer).close();
        loader.close();
    }

    private Object configured(String name, Map<String, Object> config) throws ReflectiveOperationException {
        Object made = type(CONFLUENT + name).getConstructor().newInstance();
        call(made, made.getClass().getMethod("configure", Map.class, boolean.class), config, false);
        return made;
    }

    private Object parse(String schema) throws ReflectiveOperationException {
        Object parser = type(AVRO + "Schema$Parser").getConstructor().newInstance();
        return call(parser, parser.getClass().getMethod("parse", String.class), schema);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    /** Calls with the loader that the classes would have as an application's. */
    private Object call(Object target, Method method, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The build puts it beside this module's classes; a module beside this one looks there too. */
    private static Path jar() {
        Path jar = Path.of("target", "oracle", "confluent.jar");
        return Files.exists(jar) ? jar : Path.of("..", "schemas").resolve(jar);
    }
}
