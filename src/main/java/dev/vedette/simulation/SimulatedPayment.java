package dev.vedette.simulation;

import java.util.Optional;

/**
 * A simulated payment.
 *
 * @param id the same for the same seed
 * @param account who pays
 * @param epochMillis when
 * @param amount above 0, two decimals
 * @param merchant who is paid
 * @param country where, ISO 3166 alpha-2
 * @param channel {@code pos} or {@code online}
 * @param device with which
 * @param fraud which fraud it is part of; empty for an ordinary payment
 */
public record SimulatedPayment(
        String id,
        String account,
        long epochMillis,
        double amount,
        String merchant,
        String country,
        String channel,
        String device,
        Optional<FraudPattern> fraud) {}
