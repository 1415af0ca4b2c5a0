/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.price;

import dev.muster.schemas.Digests;
import dev.muster.schemas.settings.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of a model cost, by day, kind of token, length of the prompt and speed. The table is data:
 * {@code prices.json} beside this class, and a file of the user's over it. What it does not know is unpriced: neither
 * guessed nor free. Safe for many threads.
 */
public final class PriceTable {

    /** How clients mark a model's variant with the long context. */
    private static final String MILLION = "[1m]";

    private static final String SHIPPED = "prices.json";
    private static final int MAX_REMEMBERED = 1_024;
    private static final int MAX_REMEMBERED_LENGTH = 200;

    private final String version;
    private final ModelNames names;
    private final Map<String, List<PricePeriod>> periodsById;
    private final Map<String, List<PricePeriod>> remembered = new ConcurrentHashMap<>();

    PriceTable(String version, ModelNames names, Map<String, List<PricePeriod>> periodsById) {
        this.version = version;
        this.names = names;
        this.periodsById = periodsById;
    }

    /** The prices that Muster comes with. */
    public static PriceTable shipped() {
        PriceFile prices = shippedFile();
        return new PriceTableBuilder().add(prices, SHIPPED).build(String.valueOf(prices.version()));
    }

    /**
     * The prices that Muster comes with, under a file of the same form: its rows take the place of those with the same
     * id and first day and stand beside all others, its families take the place of those with the same name, and its
     * names go before.
     *
     * @throws InvalidSettingException saying in one sentence what is wrong with the file
     */
    public static PriceTable shippedWith(Path userFile) {
        byte[] json;
        try {
            json = Files.readAllBytes(userFile);
        } catch (IOException e) {
            throw PriceFiles.unusable(userFile.toString(), "it cannot be read");
        }
        PriceFile shipped = shippedFile();
        String digest = HexFormat.of().formatHex(Digests.sha256(json), 0, 4);
        return new PriceTableBuilder()
                .add(shipped, SHIPPED)
                .add(PriceFiles.parse(json, userFile.toString()), userFile.toString())
                .build(shipped.version() + "+" + digest);
    }

    /** Names the state of the table: another version may answer another cost. */
    public String version() {
        return version;
    }

    /**
     * What one request costs. Its tokens of a kind without a price are unpriced while the others are priced; all are
     * where the model, its price at that time, or the speed's multiplier is not known. A cost beyond {@code long} stays
     * at the greatest.
     *
     * @param model the model as the source names it; null when it names none
     * @param tokens the request's tokens, none negative; all but the output make the prompt, which decides the tier
     * @param speed {@code fast}, {@code flex}, {@code batch} and the like; null for the standard one
     * @param timeMillis the event's time, epoch milliseconds
     */
    public Cost cost(@Nullable String model, TokenCounts tokens, @Nullable String speed, long timeMillis) {
        if (model != null) {
            for (PricePeriod period : periods(model)) {
                if (period.holdsAt(timeMillis)) {
                    return period.rates(speed, prompt(tokens)).cost(tokens);
                }
            }
        }
        return Rates.NONE.cost(tokens);
    }

    /**
     * How many tokens a model takes with one request; 0 where that is not known.
     *
     * @param model the model as the source names it; one whose name ends in {@code [1m]} takes a million
     * @param timeMillis when, epoch milliseconds
     */
    public long contextWindow(@Nullable String model, long timeMillis) {
        if (model == null) {
            return 0;
        }
        if (model.endsWith(MILLION)) {
            return 1_000_000;
        }
        for (PricePeriod period : periods(model)) {
            if (period.holdsAt(timeMillis)) {
                return period.contextWindow();
            }
        }
        return 0;
    }

    /** A model's periods, the latest first; names are few and are looked up with every event. */
    private List<PricePeriod> periods(String model) {
        List<PricePeriod> known = remembered.get(model);
        if (known != null) {
            return known;
        }
        List<PricePeriod> found = names.idOf(model).map(periodsById::get).orElse(List.of());
        if (model.length() <= MAX_REMEMBERED_LENGTH) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(model, found);
        }
        return found;
    }

    int rememberedNames() {
        return remembered.size();
    }

    private static long prompt(TokenCounts tokens) {
        return Saturating.add(
                Saturating.add(tokens.input(), tokens.cacheRead()),
                Saturating.add(tokens.cacheWrite5m(), tokens.cacheWrite1h()));
    }

    private static PriceFile shippedFile() {
        try (InputStream resource = PriceTable.class.getResourceAsStream(SHIPPED)) {
            if (resource == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            return PriceFiles.parse(resource.readAllBytes(), SHIPPED);
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED + " cannot be read", e);
        }
    }
}
