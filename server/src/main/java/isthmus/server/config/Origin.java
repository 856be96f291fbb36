package isthmus.server.config;

/**
 * Where a configured value was written.
 *
 * @param source a file, an environment variable or an option
 * @param line its line in that file, from 1; 0 where there are no lines
 */
record Origin(String source, int line) {
    static Origin of(String source) {
        return new Origin(source, 0);
    }

    /** As it begins a message: {@code isthmus.yaml:12} or {@code --set}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
