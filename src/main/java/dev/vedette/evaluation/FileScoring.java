package dev.vedette.evaluation;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.engine.NodeRow;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores one CSV file point by point, as live detection would.
 *
 * <p>One value column gives {@code
 * timestamp,value,anomaly_score,alarm_score,anomaly_label,expected,lower,upper}. Several are taken
 * as the metrics of one node and give {@code timestamp,node_score} and for each metric the seven
 * columns after the timestamp, each named {@code <metric>.<column>}. An empty field is a known gap.
 * A field that cannot be read is reported and taken as a gap; a row without a readable timestamp,
 * or not after the row before it, is written without scores.
 */
public final class FileScoring {
    private static final String[] COLUMNS = {
        "value", "anomaly_score", "alarm_score", "anomaly_label", "expected", "lower", "upper"
    };
    private static final int MOST_PROBLEMS = 20;

    private final ScoreRequest request;
    private final List<ScoreReport.Problem> problems = new ArrayList<>();
    private long rows;
    private long points;
    private long anomalies;
    private long outOfOrder;
    private long badFields;

    private FileScoring(ScoreRequest request) {
        this.request = request;
    }

    /**
     * Scores the file.
     *
     * @throws UnreadableFileException when it is empty or has no value column
     * @throws IOException when it cannot be read, or the output cannot be written
     */
    public static ScoreReport run(ScoreRequest request, EngineRegistry engines) throws IOException {
        return new FileScoring(request).score(engines);
    }

    private ScoreReport score(EngineRegistry engines) throws IOException {
        try (BufferedReader in = CsvFiles.reader(request.input())) {
            String first = in.readLine();
            if (first == null) {
                throw new UnreadableFileException(request.input() + " is empty");
            }
            CsvHeader header = CsvHeader.of(first, request);
            List<SeriesEvaluator> evaluators = new ArrayList<>();
            for (int i = 0; i < header.metrics().size(); i++) {
                evaluators.add(engines.open(request.engine(), request.settings()));
            }
            try (Writer out = CsvFiles.writer(request.output())) {
                out.write(title(header));
                Rows work = new Rows(header, evaluators, out);
                if (!header.present()) {
                    work.row(first, 1);
                }
                long number = 1;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    number++;
                    if (!line.isEmpty()) {
                        work.row(line, number);
                    }
                }
            }
            return new ScoreReport(
                    rows,
                    header.metrics().size(),
                    points,
                    anomalies,
                    outOfOrder,
                    badFields,
                    problems);
        }
    }

    private static String title(CsvHeader header) {
        boolean node = header.metrics().size() > 1;
        StringBuilder title = new StringBuilder(node ? "timestamp,node_score" : "timestamp");
        for (String metric : header.metrics()) {
            for (String column : COLUMNS) {
                title.append(',').append(node ? metric + "." : "").append(column);
            }
        }
        return title.append('\n').toString();
    }

    private void problem(long line, String column, String reason) {
        badFields++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new ScoreReport.Problem(line, column, reason));
        }
    }

    /** The work on rows, with its reused buffers. */
    private final class Rows {
        private final CsvHeader header;
        private final List<SeriesEvaluator> evaluators;
        private final Writer out;
        private final NodeEvaluator node = new NodeEvaluator(DetectionSettings.DEFAULT.threshold());
        private final NodeRow together = new NodeRow();
        private final String[] fields;
        private final double[] values;
        private final boolean[] alarmed;
        private final StringBuilder line = new StringBuilder(256);
        private long last = Long.MIN_VALUE;

        Rows(CsvHeader header, List<SeriesEvaluator> evaluators, Writer out) {
            this.header = header;
            this.evaluators = evaluators;
            this.out = out;
            this.fields = new String[header.metrics().size() + (header.timed() ? 1 : 0)];
            this.values = new double[header.metrics().size()];
            this.alarmed = new boolean[values.length];
        }

        void row(String text, long number) throws IOException {
            int count = CsvFiles.split(text, fields);
            for (int i = count; i < fields.length; i++) {
                fields[i] = "";
            }
            if (count < fields.length) {
                problem(
                        number,
                        header.metrics().getLast(),
                        "the line has " + count + " fields, expected " + fields.length);
            }
            long time = time(number);
            rows++;
            boolean judged = time != Long.MIN_VALUE && time > last;
            if (time != Long.MIN_VALUE && time <= last) {
                outOfOrder++;
            }
            read(number);
            line.setLength(0);
            if (header.timed()) {
                line.append(fields[0]);
            } else {
                line.append(Instant.ofEpochMilli(time));
            }
            write(judged, time);
            line.append('\n');
            out.append(line);
            last = judged ? time : last;
        }

        private long time(long number) {
            if (!header.timed()) {
                ScoreRequest.RowClock clock = request.clock().orElseThrow();
                return clock.start().toEpochMilli() + rows * clock.step().toMillis();
            }
            try {
                return Timestamps.parse(fields[0]);
            } catch (NumberFormatException e) {
                problem(number, "timestamp", "'" + fields[0] + "' is no timestamp");
                return Long.MIN_VALUE;
            }
        }

        private void read(long number) {
            int from = header.timed() ? 1 : 0;
            for (int i = 0; i < values.length; i++) {
                String field = fields[from + i];
                values[i] = Double.NaN;
                if (field.isEmpty()) {
                    continue;
                }
                try {
                    values[i] = Double.parseDouble(field);
                } catch (NumberFormatException e) {
                    problem(number, header.metrics().get(i), "'" + field + "' is no number");
                }
            }
        }

        private void write(boolean judged, long time) {
            if (judged) {
                judge(time);
            }
            if (values.length > 1) {
                line.append(',');
                if (judged) {
                    node.update(together);
                    NumberText.appendScore(line, node.score());
                }
            }
            int from = header.timed() ? 1 : 0;
            for (int i = 0; i < values.length; i++) {
                line.append(',').append(fields[from + i]);
                if (judged) {
                    append(evaluators.get(i).verdict());
                } else {
                    line.append(",,,,,,");
                }
            }
        }

        private void judge(long time) {
            together.clear(time);
            for (int i = 0; i < values.length; i++) {
                switch (evaluators.get(i).update(time, values[i])) {
                    case OPENED -> {
                        anomalies++;
                        alarmed[i] = true;
                    }
                    case CLOSED -> alarmed[i] = false;
                    case NONE, EXTENDED -> {}
                }
                if (!Double.isNaN(values[i])) {
                    points++;
                }
                double strangeness = evaluators.get(i).verdict().strangeness();
                together.put(i, values[i], strangeness, alarmed[i]);
            }
        }

        private void append(Verdict verdict) {
            line.append(',');
            NumberText.appendScore(line, verdict.anomalyScore());
            line.append(',');
            NumberText.appendScore(line, verdict.alarmScore());
            line.append(',').append(verdict.kind().type().label()).append(',');
            NumberText.append(line, verdict.expected());
            line.append(',');
            NumberText.append(line, verdict.lower());
            line.append(',');
            NumberText.append(line, verdict.upper());
        }
    }
}
