package dev.vedette.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Posts JSON over HTTP/1.1 and connections that stay open, with next to no work of its own: a load
 * comes from the machine that is measured, and the JDK's client takes about half the CPU for a
 * small request that the service takes. Blocking, for virtual threads; thread-safe. Connections end
 * with the process.
 */
final class LeanClient {
    private static final int BUFFER = 16 * 1024;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final URI target;
    private final String head;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    /**
     * To one path of a service.
     *
     * @param target {@code http} only
     */
    LeanClient(URI target, String credential) {
        this.target = target;
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        this.head =
                String.join(
                        "\r\n",
                        "POST " + target.getRawPath() + query + " HTTP/1.1",
                        "Host: " + target.getAuthority(),
                        "Authorization: Bearer " + credential,
                        "Content-Type: application/json",
                        "Content-Length: ");
    }

    /**
     * Sends one request and reads its answer.
     *
     * @return the answer's status
     * @throws IOException when there is none, or one that this client does not read
     */
    int post(byte[] body) throws IOException {
        Connection open = idle.poll();
        Connection connection = open == null ? new Connection(target) : open;
        try {
            int status = connection.post(head, body);
            idle.add(connection);
            return status;
        } catch (IOException e) {
            connection.socket.close();
            throw e;
        }
    }

    /** One request at a time. */
    private static final class Connection {
        private final Socket socket;
        private final byte[] buffer = new byte[BUFFER];

        Connection(URI target) throws IOException {
            socket = new Socket(target.getHost(), target.getPort());
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }

        int post(String head, byte[] body) throws IOException {
            byte[] start = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] request = new byte[start.length + body.length];
            System.arraycopy(start, 0, request, 0, start.length);
            System.arraycopy(body, 0, request, start.length, body.length);
            socket.getOutputStream().write(request);
            return answer(socket.getInputStream());
        }

        private int answer(InputStream in) throws IOException {
            int filled = 0;
            int end = -1;
            while (end < 0) {
                filled += more(in, filled);
                end = end(filled);
            }
            String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
            int left = end + length(head) - filled;
            while (left > 0) {
                left -= more(in, 0);
            }
            return Integer.parseInt(head.substring(9, 12));
        }

        private int more(InputStream in, int at) throws IOException {
            int read = at == buffer.length ? -1 : in.read(buffer, at, buffer.length - at);
            if (read < 0) {
                throw new EOFException("the answer is cut off, or its head is too long");
            }
            return read;
        }

        /** Where the body begins; -1 while the head is not whole. */
        private int end(int filled) {
            for (int i = 3; i < filled; i++) {
                if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int length(String head) throws IOException {
            String key = "\r\ncontent-length:";
            int at = head.toLowerCase(Locale.ROOT).indexOf(key);
            if (at < 0) {
                throw new IOException("the answer does not say its length: " + head);
            }
            int from = at + key.length();
            return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
        }
    }
}
