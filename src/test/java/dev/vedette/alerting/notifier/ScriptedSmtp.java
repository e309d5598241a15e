package dev.vedette.alerting.notifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A mail server that knows the addresses with a certain text, and says one thing to all others. */
final class ScriptedSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final String known;
    private final String toOthers;

    /** Knows the addresses that contain the text; none when it is empty. */
    ScriptedSmtp(String known, String toOthers) {
        this.known = known;
        this.toOthers = toOthers;
        try {
            socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> talk(client));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.US_ASCII))) {
            say(client, "220 here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("DATA")) {
                    say(client, "354 go on");
                    while (!in.readLine().equals(".")) {}
                }
                say(client, answer(line));
                if (line.equals("QUIT")) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client went
        }
    }

    private String answer(String line) {
        boolean isRecipient = line.toUpperCase(Locale.ROOT).startsWith("RCPT");
        boolean isKnown = !known.isEmpty() && line.contains(known);
        if (isRecipient && !isKnown) {
            return toOthers;
        }
        return line.equals("QUIT") ? "221 bye" : "250 ok";
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
