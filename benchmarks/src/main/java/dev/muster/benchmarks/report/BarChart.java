/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Lying bars in SVG, on a ground of their own, so that they can be read on light pages and on dark ones.
 *
 * @param title what is shown
 * @param bars from top to bottom
 */
record BarChart(String title, List<Bar> bars) {

    /**
     * A bar.
     *
     * @param label what it stands for
     * @param value its length, above 0, which is written behind it
     * @param emphasized whether it is the one that it is about
     */
    record Bar(String label, double value, boolean emphasized) {}

    private static final int WIDTH = 800;
    private static final int MARGIN = 16;
    private static final int LABELS = 360;
    private static final int LONGEST = WIDTH - LABELS - 5 * MARGIN;
    private static final int HEAD = 44;
    private static final int ROW = 28;
    private static final int THICK = 18;
    private static final int BASELINE = 13;

    private static final String GROUND = "#ffffff";
    private static final String TEXT = "#24292f";
    private static final String PLAIN = "#9aa7b5";
    private static final String EMPHASIZED = "#2f6fb3";

    /** The picture. */
    String svg() {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the chart cannot be put into XML", e);
        }
        return out + "\n";
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        int height = HEAD + bars.size() * ROW + MARGIN;
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("viewBox", "0 0 " + WIDTH + " " + height);
        xml.writeAttribute("width", String.valueOf(WIDTH));
        xml.writeAttribute("height", String.valueOf(height));
        xml.writeAttribute("role", "img");
        xml.writeAttribute("font-family", "system-ui, sans-serif");
        xml.writeAttribute("font-size", "13");
        xml.writeStartElement("title");
        xml.writeCharacters(title);
        xml.writeEndElement();
        rectangle(xml, 0, 0, WIDTH, height, GROUND);
        text(xml, MARGIN, MARGIN + BASELINE, "start", title);
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int top = HEAD + i * ROW;
            int length = (int) Math.max(1, Math.round(bar.value / longest * LONGEST));
            text(xml, MARGIN + LABELS - 8, top + BASELINE, "end", bar.label);
            rectangle(xml, MARGIN + LABELS, top, length, THICK, bar.emphasized ? EMPHASIZED : PLAIN);
            String value = String.format(Locale.ROOT, "%.1f", bar.value);
            text(xml, MARGIN + LABELS + length + 8, top + BASELINE, "start", value);
        }
        xml.writeEndElement();
    }

    private static void rectangle(XMLStreamWriter xml, int x, int y, int width, int height, String fill)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        xml.writeAttribute("x", String.valueOf(x));
        xml.writeAttribute("y", String.valueOf(y));
        xml.writeAttribute("width", String.valueOf(width));
        xml.writeAttribute("height", String.valueOf(height));
        xml.writeAttribute("rx", "3");
        xml.writeAttribute("fill", fill);
    }

    private static void text(XMLStreamWriter xml, int x, int y, String anchor, String text) throws XMLStreamException {
        xml.writeStartElement("text");
        xml.writeAttribute("x", String.valueOf(x));
        xml.writeAttribute("y", String.valueOf(y));
        xml.writeAttribute("text-anchor", anchor);
        xml.writeAttribute("fill", TEXT);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
