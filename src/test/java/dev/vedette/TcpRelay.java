package dev.vedette;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port that stays the same while the server behind it comes back at another one. */
final class TcpRelay implements AutoCloseable {
    private final ServerSocket listening;
    private volatile int target;

    /** A relay to that port of this machine. */
    TcpRelay(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients connect. */
    int port() {
        return listening.getLocalPort();
    }

    /** New connections go to that port from now on. */
    void leadTo(int port) {
        target = port;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException e) {
            return; // nobody there: the client sees its connection end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Ends both sides with the first that ends, as a server that was killed ends its clients'.
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            return; // the other direction ended it
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
