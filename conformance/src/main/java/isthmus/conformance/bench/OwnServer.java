package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalLong;

/** The built server, started for one measurement with an empty data directory. */
record OwnServer(ServerProcess process, WorkDirectory directory) implements MeasuredServer {
    static final String NAME = "Isthmus";

    static Target startedBy(Launcher launcher) {
        return new Target() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public MeasuredServer open() {
                return start(launcher);
            }
        };
    }

    static OwnServer start(Launcher launcher) {
        WorkDirectory directory = launcher.workDirectory();
        try {
            return new OwnServer(launcher.start(directory), directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress mqtt() {
        return process.mqtt();
    }

    @Override
    public SignOn signOn() {
        return process.signOn();
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public long residentBytes() {
        return process.residentBytes();
    }

    @Override
    public OptionalLong heapAfterCollection() {
        return process.heapAfterCollection();
    }

    @Override
    public void close() {
        process.close();
        directory.close();
    }
}
