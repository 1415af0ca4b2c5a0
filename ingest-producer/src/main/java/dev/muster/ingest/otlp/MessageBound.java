/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the messages in a protobuf body before it is decoded, so that a small body cannot fill the heap.
 *
 * <p>An empty message takes two bytes in the body and many times that when it is decoded.
 */
final class MessageBound {

    /** The most messages of a body: decoded, they take a small part of the heap. */
    static final int MAX =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 1024);

    /** The nesting depth that protobuf itself allows. */
    private static final int MAX_DEPTH = 100;

    private final CodedInputStream in;
    private final int max;
    private int count;

    private MessageBound(CodedInputStream in, int max) {
        this.in = in;
        this.max = max;
    }

    /**
     * Whether a body holds more than {@code max} messages.
     *
     * @throws InvalidProtocolBufferException if it is damaged or nests too deep
     */
    static boolean isExceeded(byte[] body, Descriptor type, int max) throws IOException {
        return !new MessageBound(CodedInputStream.newInstance(body), max).holds(type, 0);
    }

    private boolean holds(Descriptor type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("nests too deep");
        }
        for (int tag = in.readTag(); tag != 0 && count <= max; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean isMessage = field != null
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (isMessage) {
                count++;
                int outer = in.pushLimit(in.readRawVarint32());
                if (!holds(field.getMessageType(), depth + 1)) {
                    return false;
                }
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
        return count <= max;
    }
}
