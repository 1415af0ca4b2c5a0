/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays files of prices over one another: what a later one says goes before. */
final class PriceTableBuilder {

    private static final PriceFile.Family NO_FAMILY = new PriceFile.Family(List.of(), List.of(), Map.of());

    private final Map<String, PriceFile.Family> families = new HashMap<>();
    private final Map<String, String> familyById = new HashMap<>();
    private final Map<String, String> idByName = new HashMap<>();
    private final Map<String, FiledRow> rowByPeriod = new HashMap<>();

    /** A row and the file that it stands in. */
    private record FiledRow(PriceFile.Row row, String fileName) {}

    /**
     * Lays a file over those before.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException if a row names a family that is nowhere described
     */
    PriceTableBuilder add(PriceFile file, String fileName) {
        families.putAll(file.families());
        for (PriceFile.Row row : file.rows()) {
            rowByPeriod.put(row.period(), new FiledRow(row, fileName));
            row.names().forEach(name -> idByName.put(name, row.id()));
            String family = row.family();
            if (family != null) {
                if (!families.containsKey(family)) {
                    throw PriceFiles.unusable(
                            fileName, row.period() + " is of the family «" + family + "», which is not described");
                }
                familyById.put(row.id(), family);
            }
        }
        return this;
    }

    /**
     * The table of all files.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException if a price is too fine to be reckoned exactly
     */
    PriceTable build(String version) {
        Map<PriceFile.Family, List<ModelNames.Name>> names = idByName.entrySet().stream()
                .map(name -> new ModelNames.Name(name.getKey(), name.getValue()))
                .collect(Collectors.groupingBy(name -> family(name.id())));
        Map<String, List<PricePeriod>> periodsById = rowByPeriod.values().stream()
                .sorted(Comparator.comparingLong((FiledRow filed) -> filed.row().startMillis())
                        .reversed())
                .collect(Collectors.groupingBy(
                        filed -> filed.row().id(), Collectors.mapping(this::period, Collectors.toUnmodifiableList())));
        return new PriceTable(version, new ModelNames(names), periodsById);
    }

    private PricePeriod period(FiledRow filed) {
        PriceFile.Row row = filed.row();
        try {
            return PricePeriod.of(row, family(row.id()).speeds());
        } catch (ArithmeticException e) {
            throw PriceFiles.unusable(
                    filed.fileName(),
                    row.period() + " has a price that is no whole number of pico-dollars a token at every speed");
        }
    }

    private PriceFile.Family family(String id) {
        String name = familyById.get(id);
        return name == null ? NO_FAMILY : families.getOrDefault(name, NO_FAMILY);
    }
}
