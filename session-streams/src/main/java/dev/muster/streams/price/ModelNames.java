/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which model a name means: the longest known name after which only a date, {@code -latest}, {@code @…}, {@code -v1:0}
 * or a suffix of its family remains, with or without what a region, cloud or gateway puts before it. Any other name
 * means none: a price is never guessed.
 */
final class ModelNames {

    private static final String DATE = "-20[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
            + "|-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))";
    private static final String BEDROCK_VERSION = "-v[0-9]+:[0-9]+";
    private static final String VERTEX_VERSION = "@[A-Za-z0-9._-]+";

    private static final Comparator<Name> BY_LENGTH =
            Comparator.comparingInt(name -> name.text().length());

    private final List<Relatives> families;

    /** A known name and the model it means. */
    record Name(String text, String id) {}

    ModelNames(Map<PriceFile.Family, List<Name>> names) {
        families = names.entrySet().stream()
                .map(family -> new Relatives(
                        List.copyOf(family.getKey().prefixes()),
                        remainder(family.getKey().suffixes()),
                        family.getValue().stream().sorted(BY_LENGTH.reversed()).toList()))
                .toList();
    }

    /** The id of the model that the name means. */
    Optional<String> idOf(String name) {
        return families.stream()
                .flatMap(family -> family.find(name).stream())
                .max(BY_LENGTH)
                .map(Name::id);
    }

    private static Pattern remainder(List<String> suffixes) {
        String documented = suffixes.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        String anyDocumented = suffixes.isEmpty() ? "" : "(?:" + documented + ")*";
        return Pattern.compile("-latest|(?:" + DATE + ")?" + anyDocumented + "(?:" + BEDROCK_VERSION + ")?(?:"
                + VERTEX_VERSION + ")?");
    }

    /** The names of one family, the longest first, and what may stand before and after them. */
    private record Relatives(List<String> prefixes, Pattern remainder, List<Name> longestFirst) {

        /** The name's longest known beginning, else that of the rest behind a prefix; prefixes may be stacked. */
        Optional<Name> find(String name) {
            return longestFirst.stream()
                    .filter(known -> name.startsWith(known.text()))
                    .filter(known -> remainder
                            .matcher(name.substring(known.text().length()))
                            .matches())
                    .findFirst()
                    .or(() -> prefixes.stream()
                            .filter(name::startsWith)
                            .flatMap(prefix -> find(name.substring(prefix.length())).stream())
                            .max(BY_LENGTH));
        }
    }
}
