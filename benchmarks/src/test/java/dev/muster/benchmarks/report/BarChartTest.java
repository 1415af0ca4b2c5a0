/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {

    @Test
    void aBarIsAsLongAsItsValue() throws Exception {
        NodeList rectangles = drawn("short", 1, "long", 4).getElementsByTagName("rect");

        // The first is the ground.
        assertThat(rectangles.getLength()).isEqualTo(3);
        int small = width(rectangles, 1);
        assertThat(width(rectangles, 2)).isEqualTo(4 * small);
        assertThat(width(rectangles, 2)).isLessThan(width(rectangles, 0));
    }

    @Test
    void labelsMayHaveWhatXmlHasAMeaningFor() throws Exception {
        assertThat(drawn("a < b & \"c\"", 1, "d", 2).getTextContent()).contains("a < b & \"c\"");
    }

    private static Element drawn(String first, double ofFirst, String second, double ofSecond) throws Exception {
        String svg = new BarChart(
                        "title",
                        List.of(new BarChart.Bar(first, ofFirst, false), new BarChart.Bar(second, ofSecond, true)))
                .svg();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static int width(NodeList rectangles, int at) {
        return Integer.parseInt(((Element) rectangles.item(at)).getAttribute("width"));
    }
}
