/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import dev.muster.ingest.source.Fields;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who speaks where Claude Code writes as the user: in hooks, telemetry and transcripts alike the client puts its own notes and
 * other programs' messages into the user's mouth. What the source says of the origin goes first, then how the text begins.
 *
 * <p>What another speaks sets the model to work as a prompt does, and so begins a trace, but the trace has no prompt; the words are
 * kept as what came of something, mostly of a task in the background.
 */
public enum Speaker {

    /** The user: the text is a prompt. */
    USER,
    /** Another program or agent, which sets the model to work: its turn is nobody's prompt. */
    PROGRAM,
    /** The client, which notes something. */
    CLIENT;

    /** The kinds of {@code origin} that are a person's: at the keyboard, or through a channel such as a messenger. */
    private static final Set<String> PERSONS = Set.of("human", "user", "channel");

    private static final List<String> OF_PROGRAMS = List.of(
            "<task-notification", "<teammate-message", "<cross-session-message", "<agent-message", "<scheduled-task");

    private static final List<String> OF_THE_CLIENT = List.of(
            "[Request interrupted by user",
            "<local-command-",
            "<command-name>",
            "<bash-",
            "<system-reminder>",
            "<ide_",
            "<new-diagnostics>",
            "<user-memory-input>",
            "<user-prompt-submit-hook>",
            "<session-start-hook>",
            "Stop hook feedback:",
            "Caveat: The messages below",
            "This session is being continued from a previous conversation");

    /** What the client puts before the user's words in one text. */
    private static final Pattern NOTE = Pattern.compile(
            "\\s*<(system-reminder|ide_\\w+|new-diagnostics|user-prompt-submit-hook|session-start-hook)>.*?</\\1>\\s*",
            Pattern.DOTALL);

    /** A command that asks the model: its message stands first, where one that the client carries out has its name first. */
    private static final Pattern COMMAND = Pattern.compile(
            "<command-message>.*?</command-message>\\s*<command-name>([^<]+)</command-name>"
                    + "(?:\\s*<command-args>(.*?)</command-args>)?.*",
            Pattern.DOTALL);

    /** Who speaks, by how a text begins. */
    public static Speaker of(String text) {
        String begun = text.stripLeading();
        if (OF_PROGRAMS.stream().anyMatch(begun::startsWith)) {
            return PROGRAM;
        }
        return OF_THE_CLIENT.stream().anyMatch(begun::startsWith) ? CLIENT : USER;
    }

    /** Who speaks, by what a transcript's line says of where its text is from; empty if it says nothing. */
    public static Optional<Speaker> ofOrigin(Fields line) {
        if (isSet(line, "isMeta") || isSet(line, "isCompactSummary") || isSet(line, "isVisibleInTranscriptOnly")) {
            return Optional.of(CLIENT);
        }
        Optional<Speaker> origin = line.object("origin")
                .flatMap(of -> new Fields(of).text("kind", Integer.MAX_VALUE))
                .map(kind -> PERSONS.contains(kind) ? USER : PROGRAM);
        return origin.or(() -> line.matches("promptSource", "system") ? Optional.of(PROGRAM) : Optional.empty());
    }

    /** What the user typed: of a command its name and arguments, as hooks tell it. */
    public static String typed(String text) {
        Matcher command = COMMAND.matcher(text.strip());
        if (!command.matches()) {
            return text;
        }
        String arguments = command.group(2);
        return arguments == null || arguments.isBlank() ? command.group(1) : command.group(1) + " " + arguments.strip();
    }

    /** A text without the notes that the client has put before it. */
    public static String withoutNotes(String text) {
        String rest = text;
        Matcher note = NOTE.matcher(rest);
        while (note.lookingAt()) {
            rest = rest.substring(note.end());
            note = NOTE.matcher(rest);
        }
        return rest.isBlank() ? text : rest;
    }

    /** Gives a prompt's text to who speaks it, by how it begins. */
    public static void attribute(HookEvent prompt, String text) {
        String said = withoutNotes(text);
        attribute(prompt, said, of(said));
    }

    /** Gives a prompt's text to who speaks it. That another spoke is told by a prompt of no letters, which a copy's does not undo. */
    public static void attribute(HookEvent prompt, String text, Speaker speaker) {
        prompt.setPrompt(speaker == USER ? text : "");
        prompt.setResponse(speaker == USER ? null : text);
    }

    private static boolean isSet(Fields line, String flag) {
        return line.flag(flag).orElse(false);
    }
}
