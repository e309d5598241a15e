package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Answer;
import java.time.Duration;
import java.util.Optional;

/** What became of a POST. */
sealed interface HttpOutcome {
    /** What that means for the message, where a status of 2xx says that it arrived. */
    Answer answer(Optional<String> reference);

    /**
     * The other side answered.
     *
     * @param code its status
     * @param body the beginning of its body, without secrets
     * @param after how long it asks to be left alone
     */
    record Answered(int code, String body, Optional<Duration> after) implements HttpOutcome {
        /** Whether it took the message. */
        boolean isTaken() {
            return code >= 200 && code < 300;
        }

        @Override
        public Answer answer(Optional<String> reference) {
            String said = PlainText.line(body, PlainText.SAID);
            if (isTaken()) {
                return new Answer.Delivered(code, said, reference);
            }
            // A redirect is a refusal: who followed it would be led past the guard.
            return isPassing()
                    ? new Answer.Retry(code, said, after)
                    : new Answer.Refused(code, code < 400 ? "redirects are not followed" : said);
        }

        /** Request timeout, too early, too many requests, and what is wrong on the other side. */
        private boolean isPassing() {
            return code == 408 || code == 425 || code == 429 || code >= 500;
        }
    }

    /** Nobody answered, for that reason; another time somebody may. */
    record Unanswered(String why) implements HttpOutcome {
        @Override
        public Answer answer(Optional<String> reference) {
            return new Answer.Retry(
                    Answer.NONE, PlainText.line(why, PlainText.SAID), Optional.empty());
        }
    }

    /** No connection was tried: the message may not go there, for that reason. */
    record Forbidden(String why) implements HttpOutcome {
        @Override
        public Answer answer(Optional<String> reference) {
            return new Answer.Refused(Answer.NONE, PlainText.line(why, PlainText.SAID));
        }
    }
}
