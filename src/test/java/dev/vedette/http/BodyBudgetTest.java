package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.http.BodyBudget.Outcome;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(100, 60);

    @Test
    void aTenantIsRefusedBeforeTheOthersAre() {
        assertEquals(Outcome.RESERVED, budget.reserve("a", 50));
        assertEquals(Outcome.TENANT_FULL, budget.reserve("a", 11));
        assertEquals(Outcome.RESERVED, budget.reserve("b", 50));
        assertEquals(Outcome.FULL, budget.reserve("c", 1));
    }

    @Test
    void whatIsReleasedIsFreeAgain() {
        budget.reserve("a", 60);
        budget.reserve("b", 40);
        budget.release("a", 60);
        assertEquals(0.4, budget.fill());
        assertEquals(Outcome.RESERVED, budget.reserve("a", 60));
        assertEquals(Outcome.TENANT_FULL, budget.reserve("a", 1));
    }

    @Test
    void aRequestLargerThanTheWholeIsNotImpossible() {
        assertEquals(Outcome.RESERVED, budget.reserve("a", 1000));
        assertEquals(Outcome.FULL, budget.reserve("b", 1));
        budget.release("a", 1000);
        assertEquals(0, budget.fill());
    }
}
