package dev.vedette.dashboard;

import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelTrial;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Sends tests to channels, one after the other, and puts the answers in words. */
@ApplicationScoped
class ChannelTests {
    private final ChannelTrial trial;

    ChannelTests(ChannelTrial trial) {
        this.trial = trial;
    }

    /**
     * What became of a test.
     *
     * @param channel its name
     * @param isThere whether the other side has it
     * @param words what the other side answered
     */
    public record Line(String channel, boolean isThere, String words) {}

    /** Sends one to each of these. */
    Uni<List<Line>> send(Caller caller, List<String> channels) {
        return Multi.createFrom()
                .iterable(channels)
                .onItem()
                .transformToUniAndConcatenate(name -> send(caller, name))
                .collect()
                .asList();
    }

    private Uni<Line> send(Caller caller, String channel) {
        return trial.send(caller, channel)
                .map(answer -> line(channel, answer))
                .onFailure(ProblemException.class)
                .recoverWithItem(
                        gone -> new Line(channel, false, String.valueOf(gone.getMessage())));
    }

    private static Line line(String channel, Answer answer) {
        return new Line(
                channel, answer instanceof Answer.Delivered, words(answer.code(), answer.said()));
    }

    /** A status and words of the other side, either of which may be missing. */
    static String words(int code, String said) {
        return code == Answer.NONE
                ? said
                : said.isBlank() ? Integer.toString(code) : code + ", " + said;
    }
}
