package dev.kith.postgres;

import java.io.IOException;

/** All that is decided before PostgreSQL runs, and the one way to run it. */
record Launch(
        Home home,
        EmbeddedPostgres.Options options,
        Account account,
        Binaries binaries,
        String password) {

    private static final int PORT_ATTEMPTS = 3;

    record Running(Postmaster postmaster, Connections connections) {}

    /** Afterwards there is a complete data folder and nobody works on it. */
    static Launch prepare(Home home, EmbeddedPostgres.Options options) throws IOException {
        return prepare(home, options, Account.of(home));
    }

    static Launch prepare(Home home, EmbeddedPostgres.Options options, Account account)
            throws IOException {
        var binaries = Binaries.unpack(home, account);
        new ServerProcesses(home).stopLeftovers();
        binaries.deleteOthers();
        var cluster = new Cluster(home, account, binaries);
        cluster.prepare();
        return new Launch(home, options, account, binaries, cluster.password());
    }

    ServerProcesses processes() {
        return new ServerProcesses(home);
    }

    /** The one it had before, if that is still free. */
    Running onFreePort() throws IOException {
        var files = new PrivateFiles(account.owner());
        var saved = files.read(home.port()).map(Integer::valueOf);
        var port = saved.filter(Port::isFree).orElseGet(Port::findFree);
        var running = onFreePort(port, PORT_ATTEMPTS);
        files.write(home.port(), Integer.toString(running.connections().port()));
        return running;
    }

    Running onPort(int port) {
        var settings = new Settings(options, home, port);
        var commandLine = settings.commandLine(binaries.program("postgres"), home.data());
        var postmaster = Postmaster.launch(home, account, commandLine);
        try {
            var connections = new Connections(port, password);
            postmaster.awaitReady();
            Verification.check(connections, settings.verified());
            return new Running(postmaster, connections);
        } catch (PostgresFailure e) {
            processes().stop();
            throw e;
        }
    }

    /** Between our look at a port and PostgreSQL's somebody else may take it. */
    private Running onFreePort(int port, int attempts) {
        try {
            return onPort(port);
        } catch (PostgresFailure e) {
            if (attempts == 1 || Port.isFree(port)) {
                throw e;
            }
            return onFreePort(Port.findFree(), attempts - 1);
        }
    }
}
