/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer whose Kafka does as it is told. What it took is in a log that several of them may share. */
final class FakeKafka extends MockProducer<byte[], byte[]> {

    /** What becomes of records. */
    enum Mood {
        TAKES,
        FAILS,
        STALLS
    }

    /** An event that it took. */
    record Taken(String key, String label) {}

    private record Stalled(ProducerRecord<byte[], byte[]> record, Callback callback) {}

    private static final Node NODE = new Node(0, "127.0.0.1", 9);

    private final List<Taken> log;
    private final int maxBytes;
    private final List<Stalled> stalled = new ArrayList<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private Mood mood;
    private int takesBeforeItStalls = Integer.MAX_VALUE;
    private boolean dead;

    FakeKafka(Mood mood, List<Taken> log, int maxBytes) {
        super(cluster(), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        this.mood = mood;
        this.log = log;
        this.maxBytes = maxBytes;
    }

    /** Changes its mood; what stalled is taken before anything else. */
    synchronized void be(Mood other) {
        mood = other;
        if (other == Mood.TAKES) {
            stalled.forEach(one -> take(one.record(), one.callback()));
            stalled.clear();
        }
    }

    /** Takes so many more, then stalls. */
    synchronized void takeOnly(int more) {
        mood = Mood.TAKES;
        takesBeforeItStalls = more;
    }

    /** The events that it keeps waiting, each as often as it was given it. */
    synchronized List<String> stalled() {
        return stalled.stream().map(one -> label(one.record())).toList();
    }

    /** The events that it was given and failed. */
    Set<String> failed() {
        return failed;
    }

    /** Takes nothing any more, and answers nothing. */
    synchronized void die() {
        dead = true;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (record.value().length > maxBytes) {
            callback.onCompletion(null, new RecordTooLargeException("the record is too large"));
        } else if (dead) {
            return new CompletableFuture<>();
        } else if (mood == Mood.TAKES && takesBeforeItStalls > 0) {
            takesBeforeItStalls--;
            take(record, callback);
        } else if (mood == Mood.FAILS) {
            failed.add(label(record));
            callback.onCompletion(null, new TimeoutException("no broker answers"));
        } else {
            stalled.add(new Stalled(record, callback));
        }
        return new CompletableFuture<>();
    }

    private void take(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (dead) {
            return;
        }
        synchronized (log) {
            log.add(new Taken(new String(record.key(), UTF_8), label(record)));
        }
        callback.onCompletion(null, null);
    }

    private static String label(ProducerRecord<byte[], byte[]> record) {
        try {
            return new SingleObjectFormat().read(record.value(), null).getAgentLabel();
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static Cluster cluster() {
        Node[] nodes = {NODE};
        PartitionInfo partition = new PartitionInfo(Topics.HOOK_EVENTS, 0, NODE, nodes, nodes);
        return new Cluster("test", List.of(NODE), List.of(partition), Set.of(), Set.of());
    }
}
