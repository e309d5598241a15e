package dev.vedette.ingestion.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An answer of CloudWatch's {@code GetMetricData}, read from its XML. No document type is read, so
 * no entity is expanded.
 *
 * @param results one for each series
 * @param nextToken asks for the next page; empty on the last
 */
record MetricDataResults(List<Result> results, Optional<String> nextToken) {
    /** Stands between metric and node in a label. */
    static final String SEPARATOR = "|";

    /**
     * One series.
     *
     * @param metric its name
     * @param node the dimension's value; blank when the metric has none of that name
     * @param times of the points
     * @param values aligned
     */
    record Result(String metric, String node, List<Instant> times, List<Double> values) {}

    /**
     * Reads an answer.
     *
     * @throws IOException when it is not such an answer
     */
    static MetricDataResults read(byte[] xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return new Reading(factory.createXMLStreamReader(new ByteArrayInputStream(xml))).all();
        } catch (XMLStreamException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("the answer is not that of GetMetricData: " + e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final XMLStreamReader xml;
        private final List<Result> results = new ArrayList<>();
        private Optional<String> next = Optional.empty();

        Reading(XMLStreamReader xml) {
            this.xml = xml;
        }

        MetricDataResults all() throws XMLStreamException {
            boolean inResults = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "MetricDataResults" -> inResults = true;
                        case "NextToken" ->
                                next = Optional.of(xml.getElementText()).filter(t -> !t.isBlank());
                        case "member" -> {
                            if (inResults) {
                                results.add(result());
                            }
                        }
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("MetricDataResults")) {
                    inResults = false;
                }
            }
            return new MetricDataResults(List.copyOf(results), next);
        }

        private Result result() throws XMLStreamException {
            String label = "";
            List<Instant> times = List.of();
            List<Double> values = List.of();
            while (xml.next() != XMLStreamConstants.END_ELEMENT || !isEnd("member")) {
                if (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "Label" -> label = xml.getElementText();
                    case "Timestamps" ->
                            times = members("Timestamps").stream().map(Instant::parse).toList();
                    case "Values" ->
                            values = members("Values").stream().map(Double::valueOf).toList();
                    default -> {}
                }
            }
            if (times.size() != values.size()) {
                throw new IllegalArgumentException(
                        times.size() + " timestamps and " + values.size() + " values");
            }
            int cut = label.indexOf(SEPARATOR);
            return new Result(
                    cut < 0 ? label : label.substring(0, cut),
                    cut < 0 ? "" : label.substring(cut + 1),
                    times,
                    values);
        }

        private boolean isEnd(String element) {
            return xml.isEndElement() && xml.getLocalName().equals(element);
        }

        private List<String> members(String list) throws XMLStreamException {
            List<String> members = new ArrayList<>();
            while (xml.next() != XMLStreamConstants.END_ELEMENT || !isEnd(list)) {
                if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                    members.add(xml.getElementText());
                }
            }
            return members;
        }
    }
}
