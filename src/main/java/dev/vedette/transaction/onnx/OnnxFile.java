package dev.vedette.transaction.onnx;

import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import dev.vedette.transaction.model.UnfitModelException;
import java.util.Set;

/**
 * Looks through an ONNX file before anything runs it. Whoever uploads is a customer, not the
 * operator: a file may neither read others of the host, nor run for ever, nor make tensors of any
 * size. What is left is a graph without loops over tensors of the row and of the file, so its cost
 * is bounded by the file's size. Field numbers: {@code onnx.proto3} of ONNX 1.19.
 */
final class OnnxFile {
    private static final int MODEL_GRAPH = length(7);
    private static final int MODEL_TRAINING = length(20);
    private static final int MODEL_FUNCTION = length(25);

    private static final int GRAPH_NODE = length(1);
    private static final int GRAPH_TENSOR = length(5);
    private static final int GRAPH_SPARSE_TENSOR = length(15);

    private static final int NODE_OPERATOR = length(4);
    private static final int NODE_ATTRIBUTE = length(5);
    private static final int NODE_DOMAIN = length(7);

    private static final int ATTRIBUTE_TENSOR = length(5);
    private static final int ATTRIBUTE_GRAPH = length(6);
    private static final int ATTRIBUTE_TENSORS = length(10);
    private static final int ATTRIBUTE_GRAPHS = length(11);
    private static final int ATTRIBUTE_SPARSE_TENSOR = length(22);
    private static final int ATTRIBUTE_SPARSE_TENSORS = length(23);

    private static final int SPARSE_VALUES = length(1);
    private static final int SPARSE_INDICES = length(2);

    private static final int TENSOR_EXTERNAL_DATA = length(13);
    private static final int TENSOR_LOCATION = ProtobufReader.tagOf(14, ProtobufReader.VARINT);

    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");

    /** Operators whose output is as large as a number in the file says, or random. */
    private static final Set<String> OPERATORS =
            Set.of(
                    "Bernoulli",
                    "ConstantOfShape",
                    "Expand",
                    "EyeLike",
                    "Multinomial",
                    "OneHot",
                    "Pad",
                    "RandomNormal",
                    "RandomNormalLike",
                    "RandomUniform",
                    "RandomUniformLike",
                    "Range",
                    "Resize",
                    "Tile",
                    "Upsample");

    private final ProtobufReader in;
    private boolean hasGraph;

    private OnnxFile(byte[] file) {
        in = new ProtobufReader(file, file.length);
    }

    private static int length(int field) {
        return ProtobufReader.tagOf(field, ProtobufReader.LENGTH);
    }

    /**
     * Refuses what no model of a row needs.
     *
     * @throws UnfitModelException when the file is no ONNX file, is cut off, or does such a thing
     */
    static void require(byte[] file) {
        OnnxFile read = new OnnxFile(file);
        try {
            read.each(read::model);
        } catch (MalformedBodyException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
        if (!read.hasGraph) {
            throw unreadable("it has no graph");
        }
    }

    /** The refusal of a file that is none. */
    static UnfitModelException unreadable(String why) {
        return new UnfitModelException(
                "unreadable_model",
                "the file is no ONNX model, or it is cut off: " + why,
                "send the file as it was saved, byte by byte (curl --data-binary)");
    }

    private interface Field {
        /** Reads the field; false to leave it. */
        boolean read(int tag) throws MalformedBodyException;
    }

    private void each(Field field) throws MalformedBodyException {
        while (in.hasMore()) {
            int tag = in.tag();
            if (!field.read(tag)) {
                in.skip(tag);
            }
        }
    }

    private boolean inside(Field field) throws MalformedBodyException {
        int outer = in.enter();
        each(field);
        in.leave(outer);
        return true;
    }

    private boolean model(int tag) throws MalformedBodyException {
        if (tag == MODEL_GRAPH) {
            hasGraph = true;
            return inside(this::graph);
        }
        if (tag == MODEL_FUNCTION || tag == MODEL_TRAINING) {
            throw unbounded("functions or training steps of its own");
        }
        return false;
    }

    private boolean graph(int tag) throws MalformedBodyException {
        if (tag == GRAPH_NODE) {
            return inside(this::node);
        }
        return (tag == GRAPH_TENSOR && inside(this::tensor))
                || (tag == GRAPH_SPARSE_TENSOR && inside(this::sparse));
    }

    private boolean node(int tag) throws MalformedBodyException {
        if (tag == NODE_OPERATOR) {
            String operator = in.text();
            if (OPERATORS.contains(operator)) {
                throw unbounded("the operator " + operator);
            }
            return true;
        }
        if (tag == NODE_DOMAIN) {
            if (!DOMAINS.contains(in.text())) {
                throw unbounded("operators beyond those of ONNX");
            }
            return true;
        }
        return tag == NODE_ATTRIBUTE && inside(this::attribute);
    }

    private boolean attribute(int tag) throws MalformedBodyException {
        if (tag == ATTRIBUTE_GRAPH || tag == ATTRIBUTE_GRAPHS) {
            throw unbounded("a loop or branch (Loop, Scan, If)");
        }
        boolean isTensor = tag == ATTRIBUTE_TENSOR || tag == ATTRIBUTE_TENSORS;
        boolean isSparse = tag == ATTRIBUTE_SPARSE_TENSOR || tag == ATTRIBUTE_SPARSE_TENSORS;
        return (isTensor && inside(this::tensor)) || (isSparse && inside(this::sparse));
    }

    private boolean sparse(int tag) throws MalformedBodyException {
        return (tag == SPARSE_VALUES || tag == SPARSE_INDICES) && inside(this::tensor);
    }

    private boolean tensor(int tag) throws MalformedBodyException {
        if (tag == TENSOR_EXTERNAL_DATA || (tag == TENSOR_LOCATION && in.varint() != 0)) {
            throw new UnfitModelException(
                    "external_data",
                    "the model keeps numbers in other files",
                    "save it as one file, with its data inside");
        }
        return tag == TENSOR_LOCATION;
    }

    private static UnfitModelException unbounded(String what) {
        return new UnfitModelException(
                "unbounded_model",
                "the model has " + what + ", so what a row costs has no bound",
                "bring a model without: trees, linear models, support vectors and plain neural"
                        + " networks have none");
    }
}
