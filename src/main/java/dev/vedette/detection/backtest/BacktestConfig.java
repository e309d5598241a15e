package dev.vedette.detection.backtest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Settings of backtests. */
@ConfigMapping(prefix = "vedette.backtest")
public interface BacktestConfig {
    /** Share of one core's time that backtests of a worker take, above 0 to 1; the rest is rest. */
    @WithDefault("0.5")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double cpuShare();

    /** Queued and running backtests of a tenant; one more is refused. */
    @WithDefault("3")
    @Min(1)
    int mostActive();

    /** Series of one backtest; a larger one is refused. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int mostSeries();

    /** Series times days of one backtest; a larger one is refused. */
    @WithDefault("10000")
    @Min(1)
    long mostSeriesDays();
}
