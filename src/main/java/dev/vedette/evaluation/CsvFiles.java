package dev.vedette.evaluation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Opens and splits CSV files; a name ending in {@code .gz} means gzip. */
final class CsvFiles {
    private static final int BUFFER = 1 << 16;

    private CsvFiles() {}

    /** A reader of the file's lines. */
    static BufferedReader reader(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            InputStream plain = isGzip(file) ? new GZIPInputStream(in, BUFFER) : in;
            Reader reader = new InputStreamReader(plain, StandardCharsets.UTF_8);
            return new BufferedReader(reader, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** A writer to the file, whose folder is made when it is missing. */
    static Writer writer(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        OutputStream out = Files.newOutputStream(file);
        try {
            OutputStream plain = isGzip(file) ? new FastGzip(out) : out;
            return new BufferedWriter(
                    new OutputStreamWriter(plain, StandardCharsets.UTF_8), BUFFER);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    private static boolean isGzip(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** The fields of a line, in order; quotes around a field are taken off. */
    static int split(String line, String[] fields) {
        int count = 0;
        int from = 0;
        while (count < fields.length) {
            int comma = line.indexOf(',', from);
            int end = comma < 0 ? line.length() : comma;
            fields[count++] = unquoted(line, from, end);
            if (comma < 0) {
                return count;
            }
            from = comma + 1;
        }
        return count;
    }

    private static String unquoted(String line, int from, int end) {
        boolean quoted = end - from >= 2 && line.charAt(from) == '"' && line.charAt(end - 1) == '"';
        return quoted ? line.substring(from + 1, end - 1) : line.substring(from, end);
    }

    /**
     * Scores are noise to a packer: its usual effort takes six times as long for a seventh less.
     */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
