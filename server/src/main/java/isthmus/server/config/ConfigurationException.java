package isthmus.server.config;

import java.util.List;

/** The configuration is broken. The messages are complete sentences for the person who wrote it, one per mistake. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
    }
}
