package dev.vedette.dashboard;

import dev.vedette.http.Problem;
import dev.vedette.http.ProblemPage;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A refusal as a page: what is wrong, in words, and the way back. Without the frame, which asks.
 */
@ApplicationScoped
class RefusedPage implements ProblemPage {
    @Override
    public String html(RoutingContext context, Problem problem) {
        Language language = Visits.language(context);
        String wrong = Words.sentence(problem.detail()) + ".";
        return Pages.refused(language, Visits.theme(context), wrong, problem)
                .setLocale(language.tag())
                .render();
    }
}
