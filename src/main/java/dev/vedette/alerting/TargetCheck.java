package dev.vedette.alerting;

import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.RefusedTargetException;
import dev.vedette.http.client.TargetGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Shows the URL of a channel to the {@link TargetGuard} when it is saved, so that who enters it
 * hears at once what no message could tell later. A name that does not resolve now is let through:
 * it may tomorrow, and the guard asks again before every message.
 */
@ApplicationScoped
class TargetCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TargetGuard guard;
    private final NameLookup names;

    // Threads without a pool: each ends with its lookup.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TargetCheck(TargetGuard guard, NameLookup names) {
        this.guard = guard;
        this.names = names;
    }

    /** Fails with a problem at {@code /url} when messages may not go there. */
    Uni<Void> require(ChannelTarget target) {
        return target.namedUrl()
                .map(url ->
                        Uni.createFrom()
                                .voidItem()
                                .invoke(() -> look(url))
                                .runSubscriptionOn(threads)
                                .ifNoItem()
                                .after(PATIENCE)
                                .recoverWithUni(Uni.createFrom().voidItem()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void look(String url) {
        try {
            guard.choose(names.resolve(guard.admit(url).host()));
        } catch (RefusedTargetException e) {
            throw Documents.refuse(
                    "/url",
                    String.valueOf(e.getMessage()),
                    "send a URL that leads to a public address, or have the operator allow others"
                            + " (vedette.notifier.allowed-targets, and allow-plain-http for"
                            + " http://)");
        } catch (UnknownHostException e) {
            // it may have an address when a message goes
        }
    }
}
