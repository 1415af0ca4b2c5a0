/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.EventReader;
import dev.muster.schemas.registry.RegistryUnavailableException;
import dev.muster.schemas.registry.WriterSchemas;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads a record and judges it, before anything is changed. An instance belongs to one task: what it shows is reused. */
final class RecordDecoder {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int ID = EventBody.position("id");
    private static final int ACCOUNT = EventBody.position("account");
    private static final int AGENT_ID = EventBody.position("agentId");
    private static final int SESSION_ID = EventBody.position("sessionId");
    private static final int BOUND_AGENT = EventBody.position("boundAgent");
    private static final int TIMESTAMP = EventBody.position("timestamp");

    private final SingleObjectFormat format = new SingleObjectFormat();
    private final EventReader reader;
    private final long retentionMs;
    private final EventBody event = new EventBody();
    private byte[] lastAccount = {};

    RecordDecoder(Duration retention, WriterSchemas schemas) {
        retentionMs = retention.toMillis();
        reader = new EventReader(schemas);
    }

    /** What is to be done with a record. */
    enum Verdict {
        /** It is a fact of a session, or of an agent outside of any. */
        TAKEN,
        /** Its event is older than retention. */
        TOO_OLD
    }

    /**
     * A record that was read.
     *
     * @param event its event, valid until the next record is read
     * @param key the bytes of its session's or agent's record key, made from the event
     * @param clamped whether its time lay too far ahead and was set to the append time
     */
    record Taken(Verdict verdict, EventBody event, Bytes key, boolean clamped) {}

    /**
     * Reads a record.
     *
     * @param key the key that the record came with, if any
     * @param value the record's bytes
     * @param appendTime when it was appended, epoch milliseconds
     * @throws IllegalStateException if the schema registry could not be asked: the record may be good, and must not be
     *     passed over
     */
    Taken decode(byte @Nullable [] key, byte @Nullable [] value, long appendTime) throws PoisonRecordException {
        if (value == null) {
            throw new PoisonRecordException("the record is in no wire format that Muster reads");
        }
        if (value.length > HookEvents.MAX_RECORD_BYTES) {
            throw new PoisonRecordException(
                    "the record has " + value.length + " bytes, more than " + HookEvents.MAX_RECORD_BYTES);
        }
        boolean clamped;
        try {
            reader.look(value, event);
            clamped = event.number(TIMESTAMP) > appendTime + AHEAD.toMillis();
            if (clamped) {
                lookAt(appendTime);
            }
        } catch (MalformedRecordException e) {
            throw new PoisonRecordException(e.getMessage() == null ? "the record cannot be read" : e.getMessage(), e);
        } catch (RegistryUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        checkNames();
        return new Taken(verdict(appendTime), event, Bytes.wrap(keyBytes(key)), clamped);
    }

    /** A record of an event that is set aside. */
    record Aside(byte[] key, byte[] value) {}

    /** The record of an event that was taken, as one outside of sessions of the agent that its key is bound to. */
    Aside aside(EventBody taken) {
        try {
            HookEvent whole = whole(taken);
            String agent = taken.requiredText(BOUND_AGENT);
            whole.setSetAsideFrom(whole.getSessionId());
            whole.setSessionId(null);
            whole.setAgentId(agent);
            return new Aside(RecordKey.ofAgent(whole.getAccount(), agent).toBytes(), format.write(whole));
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("an event that was read can no longer be read", e);
        }
    }

    /** Puts the event to another time. */
    private void lookAt(long time) throws MalformedRecordException {
        HookEvent whole = whole(event);
        whole.setTimestamp(time);
        byte[] record = format.write(whole);
        event.over(record, SingleObjectFormat.HEADER_BYTES, record.length - SingleObjectFormat.HEADER_BYTES);
    }

    private HookEvent whole(EventBody body) throws MalformedRecordException {
        return format.readBody(
                body.bytes(), body.start(), body.length(), SingleObjectFormat.currentFingerprint(), null);
    }

    private void checkNames() throws PoisonRecordException {
        if (event.textLength(ID) == 0) {
            throw new PoisonRecordException("the event has no id");
        }
        if (!isAccount()) {
            throw new PoisonRecordException("the account is not [a-z0-9-]{1,64}");
        }
        if (event.has(SESSION_ID)) {
            int bytes = event.textLength(SESSION_ID);
            boolean isTooLong = bytes > RecordKey.MAX_SESSION_ID
                    && event.requiredText(SESSION_ID).length() > RecordKey.MAX_SESSION_ID;
            if (bytes == 0 || isTooLong) {
                throw new PoisonRecordException(
                        "the session id does not have 1 to " + RecordKey.MAX_SESSION_ID + " characters");
            }
            boolean isLikely = event.bytes()[event.textStart(SESSION_ID)] == '/';
            if (isLikely && AgentId.isId(event.requiredText(SESSION_ID).substring(1))) {
                throw new PoisonRecordException(
                        "the session id is a slash and an agent's id, which stands for no session");
            }
            if (event.has(BOUND_AGENT) && !AgentId.isId(event.requiredText(BOUND_AGENT))) {
                throw new PoisonRecordException("boundAgent is not c and 24 base-36 characters");
            }
        } else if (!AgentId.isId(event.requiredText(AGENT_ID))) {
            throw new PoisonRecordException(
                    "the event has no session, and its agent's id is not c and 24 base-36 characters");
        }
    }

    /** Whether the account's name is well formed; that of the record before is the likeliest. */
    private boolean isAccount() {
        byte[] bytes = event.bytes();
        int from = event.textStart(ACCOUNT);
        int to = from + event.textLength(ACCOUNT);
        if (from == to) {
            return false;
        }
        if (!Arrays.equals(bytes, from, to, lastAccount, 0, lastAccount.length)) {
            if (!RecordKey.isAccount(event.requiredText(ACCOUNT))) {
                return false;
            }
            lastAccount = Arrays.copyOfRange(bytes, from, to);
        }
        return true;
    }

    /** The event's own key: the record's, if that is the same. */
    private byte[] keyBytes(byte @Nullable [] came) {
        byte[] bytes = event.bytes();
        if (!event.has(SESSION_ID)) {
            return RecordKey.ofAgent(event.requiredText(ACCOUNT), event.requiredText(AGENT_ID))
                    .toBytes();
        }
        int account = event.textLength(ACCOUNT);
        int session = event.textLength(SESSION_ID);
        int from = event.textStart(SESSION_ID);
        boolean isSame = came != null
                && came.length == account + 1 + session
                && came[account] == '/'
                && Arrays.equals(came, 0, account, lastAccount, 0, account)
                && Arrays.equals(came, account + 1, came.length, bytes, from, from + session)
                && isAscii(came);
        return isSame && came != null
                ? came
                : RecordKey.ofSession(event.requiredText(ACCOUNT), event.requiredText(SESSION_ID))
                        .toBytes();
    }

    /** Other bytes may be no UTF-8, and a text made of them has other bytes again. */
    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private Verdict verdict(long appendTime) {
        return event.number(TIMESTAMP) < appendTime - retentionMs ? Verdict.TOO_OLD : Verdict.TAKEN;
    }
}
