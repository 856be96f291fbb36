package isthmus.server.ctl;

import picocli.CommandLine.IExitCodeGenerator;

/** The command could not be carried out. The message says why; the exit code says of which kind it is. */
final class CtlFailure extends RuntimeException implements IExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    /** The server cannot be reached, or failed. */
    static final int FAILED = 1;
    /** The server does not accept what was asked for. Also for a command line that makes no sense. */
    static final int BAD_REQUEST = 2;
    /** No token, a wrong one, or one whose role is not enough. */
    static final int NO_ACCESS = 3;
    /** What was named does not exist. */
    static final int NOT_FOUND = 4;
    /** It exists already, or is in a state in which this cannot be done. */
    static final int CONFLICT = 5;

    private final int exitCode;

    CtlFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Of an HTTP status. */
    static int exitCodeOf(int status) {
        return switch (status) {
            case 400, 413, 422 -> BAD_REQUEST;
            case 401, 403, 429 -> NO_ACCESS;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            default -> FAILED;
        };
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
