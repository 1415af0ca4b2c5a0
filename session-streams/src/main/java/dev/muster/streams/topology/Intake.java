/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a record and judges it, before anything is changed. An instance belongs to one task: the event is reused. */
final class Intake {

    /** Keeps a chunk of facts below what a state value may have. */
    static final int MAX_RECORD_BYTES = 128 * 1024;

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final SingleObjectFormat format = new SingleObjectFormat();
    private final long retentionMs;
    private @Nullable HookEvent reused;

    Intake(Duration retention) {
        retentionMs = retention.toMillis();
    }

    /** What is to be done with a record. */
    enum Verdict {
        /** It is a session's fact. */
        SESSION,
        /** It belongs to no session. */
        NO_SESSION,
        /** Its event is older than retention. */
        TOO_OLD
    }

    /**
     * A record that was read.
     *
     * @param event the event, valid until the next record is read
     * @param key its session's or agent's key, made from the event
     * @param body its Avro body in the schema of today
     * @param clamped whether its time lay too far ahead and was set to the append time
     */
    record Taken(Verdict verdict, HookEvent event, RecordKey key, byte[] body, boolean clamped) {}

    /**
     * Reads a record.
     *
     * @param value the record's bytes
     * @param appendTime when it was appended, epoch milliseconds
     */
    Taken take(byte @Nullable [] value, long appendTime) throws Poison {
        if (value == null || !format.marks(value)) {
            throw new Poison("the record is in no wire format that Muster reads");
        }
        HookEvent event = read(value);
        RecordKey key = keyOf(event);
        boolean clamped = event.getTimestamp() > appendTime + AHEAD.toMillis();
        if (clamped) {
            event.setTimestamp(appendTime);
        }
        boolean asWritten = !clamped && fingerprint(value) == SingleObjectFormat.currentFingerprint();
        byte[] record = asWritten ? value : format.write(event);
        byte[] body = Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length);
        return new Taken(verdict(event, appendTime), event, key, body, clamped);
    }

    private HookEvent read(byte[] value) throws Poison {
        if (value.length > MAX_RECORD_BYTES) {
            throw new Poison("the record has " + value.length + " bytes, more than " + MAX_RECORD_BYTES);
        }
        try {
            HookEvent event = format.read(value, reused);
            reused = event;
            return event;
        } catch (MalformedRecordException e) {
            // What was half read must not shine through the next event.
            reused = null;
            throw new Poison(e.getMessage() == null ? "the record cannot be read" : e.getMessage(), e);
        }
    }

    private static RecordKey keyOf(HookEvent event) throws Poison {
        if (event.getId().isEmpty()) {
            throw new Poison("the event has no id");
        }
        if (!RecordKey.isAccount(event.getAccount())) {
            throw new Poison("the account is not [a-z0-9-]{1,64}");
        }
        String session = event.getSessionId();
        if (session == null) {
            return RecordKey.ofAgent(event.getAccount(), event.getAgentId());
        }
        if (session.isEmpty() || session.length() > RecordKey.MAX_SESSION_ID) {
            throw new Poison("the session id does not have 1 to " + RecordKey.MAX_SESSION_ID + " characters");
        }
        return RecordKey.ofSession(event.getAccount(), session);
    }

    private Verdict verdict(HookEvent event, long appendTime) {
        if (event.getSessionId() == null) {
            return Verdict.NO_SESSION;
        }
        return event.getTimestamp() < appendTime - retentionMs ? Verdict.TOO_OLD : Verdict.SESSION;
    }

    private static long fingerprint(byte[] value) {
        long fingerprint = 0;
        for (int i = SingleObjectFormat.HEADER_BYTES - 1; i >= 2; i--) {
            fingerprint = (fingerprint << Byte.SIZE) | (value[i] & 0xFF);
        }
        return fingerprint;
    }
}
