package dev.vedette.cli;

import java.io.IOException;

/**
 * Sends a load until the service's compiler has done its work: in the first minute it takes more
 * CPU than what is to be measured. The database has written its first checkpoint then.
 *
 * @param service that is to be measured
 * @param most seconds
 */
record WarmUp(BenchService service, int most) {
    /** A service is warm when compiling takes no more than this share of its CPU, twice running. */
    static final double COMPILING_WHEN_WARM = 0.05;

    private static final int STEP = 10;

    /** A load of some seconds. */
    @FunctionalInterface
    interface Load {
        /** Sends for so many seconds and waits for the last answer. */
        void run(int seconds) throws IOException;
    }

    /** Sends, and adds how long and how warm to the report. */
    void run(Load load, BenchReport report) throws IOException {
        System.err.println("warming up …");
        double share = 1;
        int taken = 0;
        int quiet = 0;
        while (taken + STEP <= most && quiet < 2) {
            CpuTimes before = CpuTimes.of(service);
            load.run(STEP);
            share = CpuTimes.of(service).since(before).compilingShare();
            quiet = share <= COMPILING_WHEN_WARM ? quiet + 1 : 0;
            taken += STEP;
        }
        service.checkpoint();
        report.add("warm_up_seconds", "seconds of warming up", taken);
        report.add("warm_up_compiling", "share of compiling in the last ten of them", share);
    }
}
