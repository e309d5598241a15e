package dev.vedette.alerting.notifier;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/** The mail server: it must greet, and is told good-bye. Nobody signs in. */
@Singleton
class MailDependency implements Dependency {
    private static final String READY = "220";

    private final MailConfig config;

    MailDependency(MailConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean isSetUp() {
        return config.host().isPresent();
    }

    @Override
    public Set<ServiceRole> roles() {
        return Set.of(ServiceRole.NOTIFIER);
    }

    @Override
    public void ask() {
        String host = config.host().orElseThrow();
        int patience = (int) PATIENCE.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, config.port()), patience);
            plain.setSoTimeout(patience);
            try (Socket socket = config.tls() ? encrypted(plain, host) : plain) {
                greet(socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket encrypted(Socket plain, String host) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        return factory.createSocket(plain, host, config.port(), true);
    }

    private static void greet(Socket socket) throws IOException {
        byte[] code = socket.getInputStream().readNBytes(READY.length());
        String said = new String(code, StandardCharsets.US_ASCII);
        if (!said.equals(READY)) {
            throw new IOException("it greets with '" + said + "', not with " + READY);
        }
        socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
