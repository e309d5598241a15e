package dev.vedette.cli;

import java.io.IOException;

/**
 * How a service became warm: rounds of a load were sent until its just-in-time compiler had done
 * its work, which in the first minutes takes more CPU than what is to be measured. The database was
 * aged since.
 *
 * @param seconds how long they took
 * @param compiling share of compiling in the service's CPU, in the last of them
 */
record WarmUp(double seconds, double compiling) {
    /** Seconds of a round of a load that is sent at a steady pace. */
    static final int PACED_SECONDS = 10;

    /** A service is warm when compiling takes no more than this share of its CPU, twice running. */
    private static final double COMPILING_WHEN_WARM = 0.05;

    /** A part of a load that is long enough to tell what compiling takes of it. */
    @FunctionalInterface
    interface Round {
        /** Sends it and waits until it is done. */
        void run() throws IOException;
    }

    /** Sends rounds until the service is warm, so many at most. */
    static WarmUp of(BenchService service, int most, Round round) throws IOException {
        System.err.println("warming up …");
        long started = System.nanoTime();
        double share = 1;
        int rounds = 0;
        int quiet = 0;
        while (rounds < most && quiet < 2) {
            CpuTimes before = CpuTimes.of(service);
            round.run();
            share = CpuTimes.of(service).since(before).compilingShare();
            quiet = share <= COMPILING_WHEN_WARM ? quiet + 1 : 0;
            rounds++;
        }
        double seconds = (System.nanoTime() - started) * 1e-9;
        service.age();
        return new WarmUp(seconds, share);
    }

    /** Adds how long it took and how warm the service is, under keys with that prefix. */
    void addTo(BenchReport report, String prefix) {
        report.add(prefix + "warm_up_seconds", "seconds of warming up", seconds);
        report.add(
                prefix + "warm_up_compiling",
                "share of compiling in the last part of them",
                compiling);
    }
}
