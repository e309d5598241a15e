package dev.vedette.transaction.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.vedette.transaction.model.BroughtRuntime;
import dev.vedette.transaction.model.UnfitModelException;
import java.lang.ref.Cleaner;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One ONNX file at work. Threads may share it: a session may run at the same time on many. What it
 * holds outside of the heap goes with it.
 */
final class OnnxScorer implements BroughtRuntime.Scorer {
    private static final Logger LOG = Logger.getLogger(OnnxScorer.class);
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Set<OnnxJavaType> NUMBERS =
            Set.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final OnnxJavaType type;
    private final String output;
    private final int width;

    /** Whether it takes one row at a time only. */
    private final boolean isSingle;

    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private OnnxScorer(OrtEnvironment environment, OrtSession session, String wanted, int width)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.width = width;
        Map.Entry<String, TensorInfo> taken = input(session, width);
        input = taken.getKey();
        type = taken.getValue().type;
        isSingle = taken.getValue().getShape()[0] == 1;
        output = output(session, wanted);
    }

    static OnnxScorer open(byte[] file, String output, int width) {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            OrtSession session = session(environment, file);
            try {
                OnnxScorer scorer = new OnnxScorer(environment, session, output, width);
                scorer.run(new double[width], 0, 1, new double[1]);
                CLEANER.register(scorer, () -> close(session));
                return scorer;
            } catch (OrtException | UnfitModelException e) {
                close(session);
                throw e;
            }
        } catch (OrtException e) {
            throw OnnxFile.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // A row is too little work to share, and threads that wait for some would spin.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            return environment.createSession(file, options);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.warnf("ONNX session not closed: %s", e.getMessage());
        }
    }

    private static Map.Entry<String, TensorInfo> input(OrtSession session, int width)
            throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() == 1) {
            NodeInfo only = inputs.values().iterator().next();
            if (only.getInfo() instanceof TensorInfo tensor
                    && NUMBERS.contains(tensor.type)
                    && tensor.getShape().length == 2
                    && Math.abs(tensor.getShape()[0]) == 1
                    && (tensor.getShape()[1] == width || tensor.getShape()[1] == -1)) {
                return Map.entry(only.getName(), tensor);
            }
        }
        throw new UnfitModelException(
                "wrong_shape",
                "the model takes %s, and %d features were named".formatted(shapes(inputs), width),
                "bring a model with one input of float numbers, [rows, features], and name as many"
                        + " features as it takes");
    }

    private static String output(OrtSession session, String wanted) throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        List<String> fit =
                outputs.values().stream()
                        .filter(OnnxScorer::isScore)
                        .map(NodeInfo::getName)
                        .filter(name -> wanted.isEmpty() || name.equals(wanted))
                        .toList();
        if (fit.size() == 1) {
            return fit.getFirst();
        }
        throw new UnfitModelException(
                wanted.isEmpty() ? "wrong_shape" : "unknown_output",
                "the model gives "
                        + shapes(outputs)
                        + (wanted.isEmpty() ? "" : ", and '" + wanted + "' was asked for"),
                "name with output= the one that has the score: float numbers, [rows], [rows, 1], or"
                        + " [rows, 2] of which the second counts (skl2onnx: zipmap=False)");
    }

    private static boolean isScore(NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo tensor && NUMBERS.contains(tensor.type)) {
            long[] shape = tensor.getShape();
            return shape.length == 1 || (shape.length == 2 && shape[1] <= 2);
        }
        return false;
    }

    private static String shapes(Map<String, NodeInfo> nodes) {
        return nodes.values().stream()
                .map(node ->
                        node.getInfo() instanceof TensorInfo tensor
                                ? "%s: %s %s"
                                        .formatted(
                                                node.getName(),
                                                tensor.type,
                                                Arrays.toString(tensor.getShape()))
                                : node.getName() + ": no tensor")
                .collect(Collectors.joining("; "));
    }

    @Override
    public double[] score(double[] rows, int count) {
        double[] scores = new double[count];
        int step = isSingle ? 1 : count;
        try {
            for (int from = 0; from < count; from += step) {
                run(rows, from, step, scores);
            }
        } catch (OrtException | UnfitModelException e) {
            // Its shape was tried when it was opened, so this is the machine's fault; payments go
            // on without it.
            if (hasFailed.compareAndSet(false, true)) {
                LOG.warnf("ONNX model failed, its rarity is 0 then: %s", e.getMessage());
            }
            Arrays.fill(scores, Double.NaN);
        }
        return scores;
    }

    private void run(double[] rows, int from, int count, double[] scores) throws OrtException {
        try (OnnxTensor tensor = tensor(rows, from * width, count * width);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            read(result.get(0), from, count, scores);
        }
    }

    private OnnxTensor tensor(double[] rows, int from, int length) throws OrtException {
        long[] shape = {length / width, width};
        if (type == OnnxJavaType.DOUBLE) {
            return OnnxTensor.createTensor(
                    environment, DoubleBuffer.wrap(rows, from, length).slice(), shape);
        }
        FloatBuffer numbers = FloatBuffer.allocate(length);
        for (int i = 0; i < length; i++) {
            numbers.put(i, (float) rows[from + i]);
        }
        return OnnxTensor.createTensor(environment, numbers, shape);
    }

    private static void read(OnnxValue value, int from, int count, double[] scores) {
        OnnxTensor tensor = (OnnxTensor) value;
        boolean isDouble = tensor.getInfo().type == OnnxJavaType.DOUBLE;
        DoubleBuffer doubles = isDouble ? tensor.getDoubleBuffer() : DoubleBuffer.allocate(0);
        FloatBuffer floats = isDouble ? FloatBuffer.allocate(0) : tensor.getFloatBuffer();
        int found = isDouble ? doubles.remaining() : floats.remaining();
        if (found != count && found != 2 * count) {
            throw new UnfitModelException(
                    "wrong_shape",
                    "the model gives %d scores for %d rows".formatted(found, count),
                    "bring one that gives one score for each row, or two of which the second"
                            + " counts");
        }
        for (int i = 0; i < count; i++) {
            int at = found == count ? i : 2 * i + 1;
            scores[from + i] = isDouble ? doubles.get(at) : floats.get(at);
        }
    }
}
