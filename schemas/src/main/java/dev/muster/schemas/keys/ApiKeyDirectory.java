/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.table.Rows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every key that was issued, as the topic tells it. A revocation is final: no row that comes later, or again, makes the
 * key good. Any thread may ask.
 */
public final class ApiKeyDirectory implements Rows {

    private final Map<KeyRow, IssuedKey> keys = new ConcurrentHashMap<>();
    private final Map<String, KeyRow> byHash = new ConcurrentHashMap<>();
    private final Map<KeyRow, Instant> lastUses = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /** The key that a text is, if it was issued, good or revoked. */
    public Optional<IssuedKey> find(String key) {
        return Optional.ofNullable(byHash.get(KeySecret.hash(key))).map(keys::get);
    }

    /** The key with an id in an account. */
    public Optional<IssuedKey> byId(String account, String id) {
        return Optional.ofNullable(keys.get(new KeyRow(account, id)));
    }

    /** An account's keys, the newest first. */
    public List<IssuedKey> of(String account) {
        return keys.values().stream()
                .filter(key -> key.account().equals(account))
                .sorted(Comparator.comparing(IssuedKey::createdAt).reversed().thenComparing(IssuedKey::id))
                .toList();
    }

    /** When a key was last used, as far as a collector has noted it. */
    public Optional<Instant> lastUsedAt(IssuedKey key) {
        return Optional.ofNullable(lastUses.get(key.row()));
    }

    /** Whether a key that is not found here was never issued; false until the topic has been read once. */
    public boolean isComplete() {
        return complete;
    }

    /** Takes a key in: its writer need not wait until the topic tells it. */
    public void add(IssuedKey key) {
        keys.merge(
                key.row(),
                key,
                (known, told) -> known.revokedAt().map(told::revoked).orElse(told));
        byHash.put(key.hash(), key.row());
    }

    @Override
    public void put(String recordKey, byte[] value) throws MalformedRecordException {
        KeyRow row = KeyRow.parse(recordKey);
        if (KeyRow.isUse(recordKey)) {
            lastUses.merge(row, KeyFormat.readUse(value), (known, told) -> told.isAfter(known) ? told : known);
            return;
        }
        IssuedKey key = KeyFormat.read(value);
        if (!key.row().equals(row)) {
            throw new MalformedRecordException("the value is another key's than the record's key says");
        }
        add(key);
    }

    @Override
    public void remove(String recordKey) throws MalformedRecordException {
        KeyRow row = KeyRow.parse(recordKey);
        if (KeyRow.isUse(recordKey)) {
            lastUses.remove(row);
        } else {
            keys.remove(row);
            byHash.values().remove(row);
        }
    }

    @Override
    public void complete() {
        complete = true;
    }
}
