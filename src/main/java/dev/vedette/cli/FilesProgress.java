package dev.vedette.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How far the reading of some files is, by their bytes on disk. Not thread-safe. */
final class FilesProgress {
    private final ProgressBar bar = ProgressBar.onConsole();
    private final long started = System.nanoTime();
    private final long bytes;
    private long read;

    private FilesProgress(long bytes) {
        this.bytes = bytes;
    }

    static FilesProgress over(List<Path> files) {
        return new FilesProgress(files.stream().mapToLong(FilesProgress::size).sum());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // opening it will say why
        }
    }

    /** The same content, counted. */
    InputStream counting(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                read += value < 0 ? 0 : 1;
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                read += Math.max(0, count);
                return count;
            }
        };
    }

    void show(long accepted, long rejected) {
        double seconds = Math.max((System.nanoTime() - started) * 1e-9, 1e-3);
        bar.show(
                (double) read / Math.max(1, bytes),
                String.format(
                        Locale.ROOT,
                        "%,d points%s, %,.0f/s",
                        accepted,
                        rejected > 0 ? String.format(Locale.ROOT, ", %,d rejected", rejected) : "",
                        (accepted + rejected) / seconds));
    }

    void end() {
        bar.end();
    }
}
