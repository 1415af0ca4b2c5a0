/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds the first sessions of a list by looking at every session there is: what whoever has an index must find too. */
final class Ranking {

    private static final Comparator<Place> ORDER =
            Comparator.comparingDouble(Place::value).reversed().thenComparing(Place::id);

    private final WantedSessions wanted;
    private final ListOf<SessionView> list;
    private final int places;
    /** The last place first. */
    private final PriorityQueue<Place> first = new PriorityQueue<>(ORDER.reversed());

    private record Place(double value, String id) {}

    /** The first so many sessions that are wanted, in an order. */
    Ranking(WantedSessions wanted, SessionSort sort, int places) {
        this.wanted = wanted;
        list = ListOf.sessions(sort);
        this.places = places;
    }

    void look(SessionView session) {
        if (wanted.fits(session)) {
            first.add(new Place(list.value().applyAsDouble(session), session.id()));
            if (first.size() > places) {
                first.remove();
            }
        }
    }

    /** The ids of those at the places from one on, the first being 0. */
    List<Object> ids(int from) {
        return first.stream().sorted(ORDER).skip(from).<Object>map(Place::id).toList();
    }
}
