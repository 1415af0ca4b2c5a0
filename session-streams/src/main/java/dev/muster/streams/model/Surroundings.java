/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a session works and how its conversation stands: what copies of its facts tell beside what is counted. Of each the latest
 * event's word stands, so that it does not matter in which order they came.
 */
public final class Surroundings {

    /** So long a task in the background is believed to run that nobody has spoken of since: its machine may be gone. */
    public static final Duration BELIEVED = Duration.ofHours(4);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private @Nullable PositionedText repo;
    private @Nullable PositionedText branch;
    private @Nullable PositionedText host;
    private @Nullable PositionedText user;
    private @Nullable PositionedText background;
    private @Nullable PositionedText asked;
    private @Nullable Prompted context;
    /** By {@link Compaction}, in its order. */
    private long begun;

    private long done;
    private long logged;
    private long written;
    /** Until when its tasks are believed to run; made when it is asked for, -1 before. */
    private long activeUntil = -1;

    /**
     * What the model was sent last.
     *
     * @param place the request
     * @param tokens the prompt's tokens, cached ones among them
     * @param model the model as its source names it
     * @param window how many tokens the model takes; 0 where that is not known
     */
    record Prompted(FactPosition place, long tokens, String model, long window) {

        private boolean isAfter(Prompted other) {
            int byPlace = place.compareTo(other.place);
            if (byPlace != 0) {
                return byPlace > 0;
            }
            return tokens != other.tokens ? tokens > other.tokens : model.compareTo(other.model) > 0;
        }
    }

    /** What tells that a conversation was made shorter: each source tells it in its own way, so the most of one counts. */
    enum Compaction {
        BEGUN,
        DONE,
        LOGGED,
        WRITTEN
    }

    /** Takes in what a copy of some fact tells. */
    void touch(Fact copy, Pricing pricing) {
        if (copy.repo != null) {
            repo = better(repo, at(copy, copy.repo));
        }
        if (copy.branch != null) {
            branch = PositionedText.later(branch, at(copy, copy.branch));
        }
        if (copy.host != null) {
            host = PositionedText.later(host, at(copy, copy.host));
        }
        if (copy.user != null) {
            user = PositionedText.later(user, at(copy, copy.user));
        }
        if (copy.background != null) {
            background = PositionedText.later(background, at(copy, copy.background));
            activeUntil = -1;
        }
        if (copy.asksFor != null) {
            asked = PositionedText.later(asked, at(copy, copy.asksFor));
        }
        if (copy.promptTokens() > 0) {
            prompted(copy, copy.promptTokens(), pricing);
        }
    }

    private static PositionedText at(Fact copy, String text) {
        return new PositionedText(new FactPosition(copy.time, copy.id), text);
    }

    /** A remote's name before a directory's; of remotes the latest, of directories the one that the session began in. */
    private static PositionedText better(@Nullable PositionedText known, PositionedText told) {
        if (known == null || isRemote(known) != isRemote(told)) {
            return known == null || isRemote(told) ? told : known;
        }
        return isRemote(told) ? PositionedText.later(known, told) : PositionedText.earlier(known, told);
    }

    private static boolean isRemote(PositionedText repo) {
        return repo.text().indexOf('/') >= 0;
    }

    private void prompted(Fact copy, long tokens, Pricing pricing) {
        Prompted before = context;
        if (before == null || copy.time >= before.place.time()) {
            String model = copy.model == null ? "" : copy.model;
            Prompted told = new Prompted(
                    new FactPosition(copy.time, copy.id), tokens, model, pricing.contextWindow(copy.model, copy.time));
            context = before == null || told.isAfter(before) ? told : before;
        }
    }

    /** Takes a fact in (sign 1) or out (sign -1). */
    void count(Fact fact, int sign) {
        if (fact.compaction != null) {
            switch (fact.compaction) {
                case BEGUN -> begun += sign;
                case DONE -> done += sign;
                case LOGGED -> logged += sign;
                case WRITTEN -> written += sign;
            }
        }
    }

    /** Its value of a dimension; null where none is told. */
    public @Nullable String at(Dimension dimension) {
        return text(
                switch (dimension) {
                    case REPO -> repo;
                    case BRANCH -> branch;
                    case HOST -> host;
                    case USER -> user;
                });
    }

    private static @Nullable String text(@Nullable PositionedText told) {
        return told == null ? null : told.text();
    }

    /** What it last asked the user for: what kind of question, and behind a line's end what is known of it; null if it never did. */
    public @Nullable String askedFor() {
        return text(asked);
    }

    /** What runs or is scheduled behind it, as it was last told: an object with {@code tasks} and {@code crons}, either of which may be missing. */
    public ObjectNode background() {
        PositionedText told = background;
        if (told == null) {
            return NOTHING.deepCopy();
        }
        try {
            return JSON.readTree(told.text()) instanceof ObjectNode object ? object : NOTHING.deepCopy();
        } catch (JsonProcessingException e) {
            // Any producer may write it, and what is cut is no JSON.
            return NOTHING.deepCopy();
        }
    }

    /** When that was told, epoch milliseconds; 0 if it never was. */
    public long backgroundToldAt() {
        PositionedText told = background;
        return told == null ? 0 : told.place().time();
    }

    /** Until when a task in the background keeps it active, epoch milliseconds; 0 where none runs. */
    public long activeUntil() {
        if (background == null) {
            return 0;
        }
        if (activeUntil < 0) {
            JsonNode tasks = background().path("tasks");
            activeUntil = tasks.isArray() && !tasks.isEmpty() ? backgroundToldAt() + BELIEVED.toMillis() : 0;
        }
        return activeUntil;
    }

    /** How many tokens the model was sent with the last request of the conversation, cached ones among them; 0 where that is not known. */
    public long contextTokens() {
        Prompted last = context;
        return last == null ? 0 : last.tokens;
    }

    /** The model of that request; null where that is not known. */
    public @Nullable String contextModel() {
        Prompted last = context;
        return last == null || last.model.isEmpty() ? null : last.model;
    }

    /** How many tokens that model takes; 0 where that is not known, or is wrong as the request shows. */
    public long contextWindow() {
        Prompted last = context;
        return last == null || last.tokens > last.window ? 0 : last.window;
    }

    /** How often the conversation was made shorter. */
    public long compactions() {
        return Math.max(Math.max(begun, done), Math.max(logged, written));
    }

    void write(StateOutput out) {
        PositionedText.write(out, repo);
        PositionedText.write(out, branch);
        PositionedText.write(out, host);
        PositionedText.write(out, user);
        PositionedText.write(out, background);
        PositionedText.write(out, asked);
        Prompted last = context;
        out.branch(last != null);
        if (last != null) {
            out.number(last.place.time());
            out.number(last.place.id());
            out.number(last.tokens);
            out.text(last.model);
            out.number(last.window);
        }
        out.number(begun);
        out.number(done);
        out.number(logged);
        out.number(written);
    }

    static Surroundings read(StateInput in) {
        Surroundings read = new Surroundings();
        read.repo = PositionedText.read(in);
        read.branch = PositionedText.read(in);
        read.host = PositionedText.read(in);
        read.user = PositionedText.read(in);
        read.background = PositionedText.read(in);
        read.asked = PositionedText.read(in);
        read.context = in.present()
                ? new Prompted(new FactPosition(in.number(), in.number()), in.number(), in.text(), in.number())
                : null;
        read.begun = in.number();
        read.done = in.number();
        read.logged = in.number();
        read.written = in.number();
        return read;
    }
}
