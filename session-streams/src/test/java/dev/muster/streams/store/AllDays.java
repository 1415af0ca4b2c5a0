/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;

/** Whatever days there are of an account, where a reader asks for some: those that are known, and any other that it comes upon. */
public final class AllDays extends AbstractSet<DayKey> {

    private final String account;
    private final Set<DayKey> known;

    /** The days of an account. */
    public AllDays(String account, Set<DayKey> known) {
        this.account = account;
        this.known = known;
    }

    @Override
    public boolean contains(Object key) {
        return key instanceof DayKey day && day.account().equals(account);
    }

    @Override
    public Iterator<DayKey> iterator() {
        return known.iterator();
    }

    @Override
    public int size() {
        return known.size();
    }
}
