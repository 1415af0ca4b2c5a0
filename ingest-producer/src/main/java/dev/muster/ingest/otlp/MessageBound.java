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
 * Bounds how many messages a body in protobuf may hold, before any is made: an empty one has two bytes there, and over a
 * hundred when it is decoded.
 */
final class MessageBound {

    /** All messages of a body take about an eighth of the heap. */
    static final int MOST =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 1024);

    /** As deep as protobuf itself reads. */
    private static final int MAX_DEPTH = 100;

    private final CodedInputStream in;
    private final int most;
    private int count;

    private MessageBound(CodedInputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /**
     * Whether a body holds more messages than so many.
     *
     * @throws InvalidProtocolBufferException if it is damaged or nests too deep
     */
    static boolean isExceeded(byte[] body, Descriptor type, int most) throws IOException {
        return !new MessageBound(CodedInputStream.newInstance(body), most).holds(type, 0);
    }

    private boolean holds(Descriptor type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("nests too deep");
        }
        for (int tag = in.readTag(); tag != 0 && count <= most; tag = in.readTag()) {
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
        return count <= most;
    }
}
