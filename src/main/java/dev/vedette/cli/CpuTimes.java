package dev.vedette.cli;

import java.io.IOException;

/**
 * CPU seconds until a moment.
 *
 * @param service of the service, all of it
 * @param compiling of it, its just-in-time compiler
 * @param collecting of it, its garbage collector
 * @param database of all processes of the database
 * @param sender of this process, which sends the load
 * @param machine of everything on the machine
 */
record CpuTimes(
        double service,
        double compiling,
        double collecting,
        double database,
        double sender,
        double machine) {
    /** Those so far. */
    static CpuTimes of(BenchService service) throws IOException {
        return new CpuTimes(
                service.serviceCpu(),
                service.compilerCpu(),
                service.collectorCpu(),
                service.databaseCpu(),
                ProcessCpu.of(ProcessHandle.current().pid()),
                ProcessCpu.ofMachine());
    }

    /** Those since then. */
    CpuTimes since(CpuTimes before) {
        return new CpuTimes(
                service - before.service,
                compiling - before.compiling,
                collecting - before.collecting,
                database - before.database,
                sender - before.sender,
                machine - before.machine);
    }

    /** How much of the service's the compiler took. */
    double compilingShare() {
        return compiling / service;
    }
}
